#include "daemon/app/housekeeping.hpp"

#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/transaction.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::app {
namespace {

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

class housekeeping_test : public testing::Test {
 protected:
  housekeeping_test() {
    std::string name = "/tmp/licaudit-app-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    folder = name;
    book = ledger::ledger::open(folder).value();
    how.loop = loop.get_executor();
    how.worker = worker.get_executor();
    how.clock = [this] { return now; };
    how.zone = [] { return time_zone(); };
    how.record = [this](operation what) { return record(std::move(what)); };
    how.between_cuts = how.between_looks = how.between_slices = std::chrono::milliseconds(1);
    how.rows_per_slice = 1;
    keeper.emplace(*book, how);
  }
  ~housekeeping_test() override {
    worker.join();
    keeper.reset();
    book.reset();
    std::filesystem::remove_all(folder);
  }

  asio::awaitable<result<void>> record(operation what) {
    what.at = now;
    recorded.push_back(what.type);
    if (fails) co_return failure{errc::unreachable, "disk full"};
    write(what);
    co_return result<void>();
  }

  /// The connection belongs to the worker. Waits for it, and for all that it had to do before.
  void work(const std::function<void()>& task) {
    std::promise<void> done;
    asio::post(worker, [&] {
      task();
      done.set_value();
    });
    done.get_future().get();
  }
  void write(const operation& what) {
    work([&] {
      ledger::transaction tx(*book);
      tx.add_operation(what);
      tx.commit();
    });
  }

  void enter(const char* when) {
    operation what;
    what.type = "note";
    what.at = at(when);
    write(what);
  }

  /// Lets it work until something is so, at most ten seconds.
  void run_until(const std::function<bool()>& reached) {
    const auto begun = std::chrono::steady_clock::now();
    while (!reached() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(10))
      loop.run_for(std::chrono::milliseconds(2));
    EXPECT_TRUE(reached());
  }
  void spawn(asio::awaitable<void> task) {
    asio::co_spawn(loop, std::move(task), [](const std::exception_ptr& failed) {
      if (failed) std::rethrow_exception(failed);
    });
  }
  void finish() {
    keeper->stop();
    loop.run_for(std::chrono::seconds(10));
    EXPECT_TRUE(loop.stopped()) << "nothing of it goes on";
  }

  std::filesystem::path folder;
  instant now = at("2026-11-22T02:00:00Z");
  bool fails = false;
  std::vector<std::string> recorded;
  asio::io_context loop{1};
  asio::thread_pool worker{1};
  std::unique_ptr<ledger::ledger> book;
  housekeeping_wiring how;
  std::optional<housekeeping> keeper;
};

TEST_F(housekeeping_test, cuts_the_wal_when_nobody_writes) {
  enter("2026-11-22T01:00:00Z");
  ASSERT_GT(book->wal_bytes(), 0U);
  spawn(keeper->keep_wal_short());
  run_until([this] { return book->wal_bytes() == 0; });
  enter("2026-11-22T01:01:00Z");
  run_until([this] { return book->wal_bytes() == 0; });
  finish();
}

TEST_F(housekeeping_test, checkpoints_soon_after_commits_without_waiting_for_a_quiet_time) {
  how.between_cuts = std::chrono::hours(1);
  how.after_commit = std::chrono::milliseconds(1);
  keeper.emplace(*book, how);
  spawn(keeper->keep_wal_short());
  for (const char* when : {"2026-11-22T01:00:00Z", "2026-11-22T01:01:00Z"}) {
    const auto before = std::filesystem::last_write_time(book->file());
    enter(when);
    ASSERT_EQ(std::filesystem::last_write_time(book->file()), before) << "a commit leaves it to the keeper";
    keeper->note_commit();
    run_until([&] { return std::filesystem::last_write_time(book->file()) != before; });
    work([] {});  // it may be writing still
  }
  finish();
}

TEST_F(housekeeping_test, carries_out_retention_at_its_hour_and_once) {
  for (const char* old : {"2010-01-01T00:00:00Z", "2010-01-02T00:00:00Z", "2026-11-01T00:00:00Z"}) enter(old);
  int looks = 0;
  spawn(keeper->carry_out_retention([&looks] {
    ++looks;
    return ledger::retention_limits{25, 120};
  }));
  loop.run_for(std::chrono::milliseconds(20));
  EXPECT_EQ(looks, 0) << "before its hour";
  now = at("2026-11-22T03:30:00Z");
  const auto log = ledger::reader::open(book->file()).value();
  const auto kept = [&log] {
    ledger::operation_query query;
    query.since = at("2000-01-01T00:00:00Z");
    query.until = at("2030-01-01T00:00:00Z");
    return log->operations(query).value().size();
  };
  run_until([&] { return kept() == 2; });
  EXPECT_EQ(recorded, std::vector<std::string>{"retention"});
  loop.run_for(std::chrono::milliseconds(20));
  EXPECT_EQ(looks, 1);
  now = at("2026-11-23T03:30:00Z");
  run_until([&] { return looks == 2; });
  finish();
  EXPECT_EQ(recorded.size(), 1U) << "nothing more was due on the next day";
  EXPECT_TRUE(log->verify(true).value().clean());
}

TEST_F(housekeeping_test, removes_nothing_that_the_chain_does_not_say) {
  for (const char* old : {"2010-01-01T00:00:00Z", "2026-11-01T00:00:00Z"}) enter(old);
  fails = true;
  now = at("2026-11-22T03:30:00Z");
  spawn(keeper->carry_out_retention([] { return ledger::retention_limits{25, 120}; }));
  loop.run_for(std::chrono::milliseconds(20));  // it has begun
  now += std::chrono::hours(1);
  run_until([this] { return !recorded.empty(); });
  finish();
  EXPECT_TRUE(ledger::reader::open(book->file()).value()->verify(true).value().clean());
}

}  // namespace
}  // namespace licaudit::app
