#include "daemon/api/ledger_copies.hpp"

#include "daemon/sync/run_on.hpp"

#include <unistd.h>
#include <boost/asio/post.hpp>

#include <cerrno>
#include <cstring>
#include <utility>

namespace licaudit::api {

namespace {

struct open_file {
  explicit open_file(int number) : descriptor(number) {}
  ~open_file() { ::close(descriptor); }
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;
  int descriptor;
};

/// Read and closed on the thread that copies: with the last descriptor of a file without a name its blocks are given
/// back, which takes half a second for a large one.
class unnamed_file final : public backup_bytes {
 public:
  unnamed_file(ledger::backup_facts facts, int descriptor, boost::asio::any_io_executor thread)
      : facts_(std::move(facts)), file_(std::make_unique<open_file>(descriptor)), thread_(std::move(thread)) {}
  ~unnamed_file() override {
    boost::asio::post(thread_, [file = std::move(file_)] {});
  }
  unnamed_file(const unnamed_file&) = delete;
  unnamed_file& operator=(const unnamed_file&) = delete;

  [[nodiscard]] const ledger::backup_facts& facts() const override { return facts_; }

  boost::asio::awaitable<result<std::string>> read(std::size_t most) override {
    auto task = [this, most]() -> result<std::string> {
      std::string bytes(most, '\0');
      const auto n = ::read(file_->descriptor, bytes.data(), bytes.size());
      if (n < 0) return failure{errc::corrupt, std::string("the copy cannot be read: ") + std::strerror(errno)};
      bytes.resize(static_cast<std::size_t>(n));
      return bytes;
    };
    co_return co_await sync::run_on(thread_, task);
  }

 private:
  ledger::backup_facts facts_;
  std::unique_ptr<open_file> file_;
  boost::asio::any_io_executor thread_;
};

}  // namespace

class ledger_copies::turn {
 public:
  explicit turn(bool& busy) : busy_(std::exchange(busy, true) ? nullptr : &busy) {}
  ~turn() {
    if (busy_ != nullptr) *busy_ = false;
  }
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;
  [[nodiscard]] explicit operator bool() const { return busy_ != nullptr; }
  [[nodiscard]] static failure taken() { return {errc::conflict, "another backup is under way; wait for its end"}; }

 private:
  bool* busy_;
};

ledger_copies::ledger_copies(copied_ledger of, boost::asio::any_io_executor thread)
    : of_(std::move(of)), thread_(std::move(thread)) {}

result<ledger::backup_facts> ledger_copies::copy(const ledger::whole_file& into,
                                                 const ledger::backup_note& note) const {
  return ledger::write_backup(of_.file, into, note, of_.gate,
                              [this](const ledger::copy_progress&) { return !stopping_; });
}

ledger_copies::answer<ledger::backup_facts> ledger_copies::write(std::filesystem::path target) {
  const turn mine(busy_);
  if (!mine) co_return turn::taken();
  auto task = [this, target, note = of_.note()]() -> result<ledger::backup_facts> {
    auto into = ledger::whole_file::prepare(target, ledger::bytes_of_ledger(of_.file));
    if (!into) return into.error();
    auto facts = copy(*into, note());
    if (!facts) return facts;
    if (auto kept = into->keep(); !kept) return kept.error();
    return facts;
  };
  co_return co_await sync::run_on(thread_, std::move(task));
}

ledger_copies::answer<std::shared_ptr<backup_bytes>> ledger_copies::make() {
  const turn mine(busy_);
  if (!mine) co_return turn::taken();
  auto task = [this, note = of_.note()]() -> result<std::shared_ptr<backup_bytes>> {
    const auto file = std::filesystem::absolute(of_.file).parent_path() / "handed-over.db";
    auto into = ledger::whole_file::prepare(file, ledger::bytes_of_ledger(of_.file));
    if (!into) return into.error();
    auto facts = copy(*into, note());
    if (!facts) return facts.error();
    auto descriptor = into->open_and_unlink();
    if (!descriptor) return descriptor.error();
    return std::shared_ptr<backup_bytes>(std::make_shared<unnamed_file>(std::move(*facts), *descriptor, thread_));
  };
  co_return co_await sync::run_on(thread_, std::move(task));
}

}  // namespace licaudit::api
