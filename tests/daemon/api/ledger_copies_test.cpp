#include "daemon/api/ledger_copies.hpp"

#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/reader.hpp"
#include "running_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <fstream>
#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using testing::HasSubstr;

class ledger_copies_test : public testing::Test {
 protected:
  ledger_copies_test() {
    book = ledger::ledger::open(folder / "state").value();
    copied_ledger of;
    of.file = book->file();
    of.gate = book->gate();
    of.note = [this] {
      return [this] {
        if (while_noting) while_noting();
        return ledger::backup_note{instant(std::chrono::milliseconds(1)), "me", {}};
      };
    };
    copies = std::make_unique<ledger_copies>(of, thread.get_executor());
  }
  ~ledger_copies_test() override { thread.join(); }

  template <class T>
  void start(asio::awaitable<result<T>> what, std::optional<result<T>>& into) {
    auto task = [](asio::awaitable<result<T>> of, std::optional<result<T>>* to) -> asio::awaitable<void> {
      to->emplace(co_await std::move(of));
    };
    asio::co_spawn(loop, task(std::move(what), &into), [](const std::exception_ptr& failed) {
      if (failed) std::rethrow_exception(failed);
    });
  }
  template <class T>
  result<T> wait_result(asio::awaitable<result<T>> what) {
    std::optional<result<T>> value;
    start(std::move(what), value);
    run();
    if (!value) throw std::runtime_error("no answer within ten seconds");
    return std::move(*value);
  }
  void run() {
    loop.restart();
    loop.run_for(std::chrono::seconds(10));
  }
  std::size_t files_in_state() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "state"))
      count += entry.path().filename().string().rfind("licaudit.", 0) == 0 ? 0U : 1U;
    return count;
  }

  private_folder folder;
  std::function<void()> while_noting;
  asio::io_context loop{1};
  std::unique_ptr<ledger::ledger> book;
  std::unique_ptr<ledger_copies> copies;
  asio::thread_pool thread{1};
};

TEST_F(ledger_copies_test, writes_a_file_that_is_a_ledger) {
  const auto target = folder / "copy.db";
  const auto facts = wait_result(copies->write(target));
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->bytes, static_cast<std::int64_t>(std::filesystem::file_size(target)));
  EXPECT_TRUE(ledger::reader::open(target).value()->verify(true).value().clean());
  const auto again = wait_result(copies->write(target));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::conflict);
  EXPECT_EQ(wait_result(copies->write("relative.db")).error().code, errc::malformed);
}

TEST_F(ledger_copies_test, hands_over_all_bytes_and_leaves_no_file) {
  auto made = wait_result(copies->make());
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(files_in_state(), 0U) << "it has no name, so nothing can be left behind";
  std::string all;
  while (true) {
    const auto bytes = wait_result((*made)->read(1000));
    ASSERT_TRUE(bytes);
    if (bytes->empty()) break;
    all += *bytes;
  }
  EXPECT_EQ(static_cast<std::int64_t>(all.size()), (*made)->facts().bytes);
  std::ofstream(folder / "received.db", std::ios::binary) << all;
  EXPECT_TRUE(ledger::reader::open(folder / "received.db").value()->verify(true).value().clean());
}

TEST_F(ledger_copies_test, makes_one_at_a_time) {
  std::optional<result<std::shared_ptr<backup_bytes>>> first, second;
  start(copies->make(), first);
  start(copies->make(), second);
  run();
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(*first);
  ASSERT_FALSE(*second);
  EXPECT_EQ(second->error().code, errc::conflict);
  EXPECT_TRUE(wait_result(copies->make())) << "the turn was given back";
}

TEST_F(ledger_copies_test, ends_unfinished_when_the_daemon_stops) {
  copies->stop();
  const auto made = wait_result(copies->make());
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().detail, HasSubstr("stops"));
  EXPECT_EQ(files_in_state(), 0U);
}

}  // namespace
}  // namespace licaudit::api
