#include "daemon/settings/secret_file.hpp"

#include "model/json.hpp"
#include "model/names.hpp"

#include <boost/json/serialize.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace licaudit::settings {

namespace {

constexpr std::size_t max_bytes = 64U << 10U;  ///< a certificate chain with its key; more is the wrong file

class descriptor {
 public:
  explicit descriptor(int fd) : fd_(fd) {}
  ~descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

failure unreadable(const std::filesystem::path& file, const std::string& why) {
  return {errc::unreachable, file.string() + ": " + why};
}

std::string errno_text() {
  return std::generic_category().message(errno);
}

/// A source would refuse the document that holds it otherwise.
bool is_utf8(const std::string& text) {
  return parse_json(json::serialize(json::string(text))).has_value();
}

}  // namespace

result<std::string> read_secret(const std::filesystem::path& file) {
  // Not blocking, so that a FIFO in its place does not hold us up.
  const descriptor in(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (in.get() < 0) return unreadable(file, errno_text());
  struct stat about {};
  if (fstat(in.get(), &about) != 0) return unreadable(file, errno_text());
  if (!S_ISREG(about.st_mode)) return unreadable(file, "this is not a regular file");
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t count = read(in.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(file, errno_text());
    if (count == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > max_bytes) return unreadable(file, "more than 64 KiB, which is no secret");
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (!is_utf8(text)) return unreadable(file, "this is not a text in UTF-8");
  return text;
}

result<std::string> read_credential(const std::string& name) {
  if (!is_name(name) || name.front() == '.')
    return failure{errc::malformed, "'" + name + "' is no name of a credential"};
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr || *folder == '\0') {
    return failure{errc::unreachable,
                   "no $CREDENTIALS_DIRECTORY for the credential " + name + ": the unit needs LoadCredential=" + name};
  }
  return read_secret(std::filesystem::path(folder) / name);
}

}  // namespace licaudit::settings
