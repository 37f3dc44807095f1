#include "plugins/sdk/text_file.hpp"

#include <boost/locale/encoding_utf.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace licaudit::sdk {

namespace {

constexpr std::size_t block_bytes = std::size_t{256} * 1024;
constexpr std::size_t max_whole_file_bytes = std::size_t{1} << 30U;

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";

failure unreadable(const std::string& path) {
  return {errc::unreachable, path + ": cannot be read: " + std::generic_category().message(errno) +
                                 "; check the path and that the daemon's user may read it"};
}

failure too_large(const std::string& path) {
  return {errc::refused, path + ": larger than " + std::to_string(max_whole_file_bytes >> 20U) +
                             " MiB; export it in parts, one source each"};
}

failure bad_utf16(const std::string& path) {
  return {errc::malformed, path + ": begins as UTF-16 and is not; export it again with -Encoding UTF8"};
}

/// Text of UTF-16 without its mark.
result<std::string> from_utf16(std::string_view bytes, bool big_endian, const std::string& path) {
  if (bytes.size() % 2 != 0) return bad_utf16(path);
  std::u16string units(bytes.size() / 2, u'\0');
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto first = static_cast<unsigned char>(bytes[2 * i]);
    const auto second = static_cast<unsigned char>(bytes[2 * i + 1]);
    units[i] = static_cast<char16_t>(big_endian ? first << 8U | second : second << 8U | first);
  }
  try {
    return boost::locale::conv::utf_to_utf<char>(units, boost::locale::conv::stop);
  } catch (const boost::locale::conv::conversion_error&) {
    return bad_utf16(path);
  }
}

}  // namespace

text_file::text_file(std::string path, std::FILE* file)
    : path_(std::move(path)), file_(file), block_(std::make_unique<std::string>()) {}

result<text_file> text_file::open(const std::string& path) {
  auto* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return unreadable(path);
  return text_file(path, file);
}

failure text_file::wrong(std::int64_t line, const std::string& text) const {
  return {errc::malformed, path_ + ":" + std::to_string(line) + ": " + text};
}

/// False at the end of the file.
result<bool> text_file::read_block() {
  block_->resize(block_bytes);
  const auto got = std::fread(block_->data(), 1, block_->size(), file_.get());
  if (got == 0 && std::ferror(file_.get()) != 0) return unreadable(path_);
  block_->resize(got);
  std::string_view bytes = *block_;
  if (std::exchange(at_start_, false)) {
    if (bytes.starts_with(utf16_little_mark) || bytes.starts_with(utf16_big_mark)) {
      return failure{errc::malformed, path_ + ": is UTF-16; save it as UTF-8 (PowerShell: -Encoding UTF8)"};
    }
    if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  }
  lines_.feed(bytes);
  return got > 0;
}

result<std::optional<numbered_line>> text_file::next() {
  std::optional<numbered_line> found;
  while (!found && !at_end_) {
    auto line = lines_.next();
    if (!line) return failure{line.error().code, path_ + ": " + line.error().detail};
    found = *line;
    if (found) break;
    auto more = read_block();
    if (!more) return more.error();
    if (!*more) {
      at_end_ = true;
      found = lines_.unfinished();
    }
  }
  if (found && found->text.ends_with('\r')) found->text.remove_suffix(1);
  return found;
}

result<std::string> read_text_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"), std::fclose);
  if (file == nullptr) return unreadable(path);
  std::string bytes;
  std::array<char, std::size_t{64} * 1024> block;
  while (const auto got = std::fread(block.data(), 1, block.size(), file.get())) {
    if (bytes.size() + got > max_whole_file_bytes) return too_large(path);
    bytes.append(block.data(), got);
  }
  if (std::ferror(file.get()) != 0) return unreadable(path);
  const std::string_view text = bytes;
  if (text.starts_with(utf16_little_mark)) return from_utf16(text.substr(2), false, path);
  if (text.starts_with(utf16_big_mark)) return from_utf16(text.substr(2), true, path);
  if (text.starts_with(utf8_mark)) bytes.erase(0, utf8_mark.size());
  return bytes;
}

}  // namespace licaudit::sdk
