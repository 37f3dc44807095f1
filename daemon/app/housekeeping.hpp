#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/retention.hpp"
#include "model/time_zone.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>

namespace licaudit::app {

struct housekeeping_wiring {
  boost::asio::any_io_executor loop, worker;
  std::function<instant()> clock;
  std::function<time_zone()> zone;                                             ///< in which a day begins
  std::function<boost::asio::awaitable<result<void>>(operation what)> record;  ///< as an entry of the chain

  // A quarter of a second of commits shares one checkpoint, which none of their answers waits for.
  std::chrono::milliseconds after_commit{250};
  // With the 30 s that a reader has at most, a WAL that one run made large is cut within a minute.
  std::chrono::milliseconds between_cuts{20'000};
  std::chrono::milliseconds between_looks{60'000};
  // A slice takes some hundredths of a second, and leaves the worker to others for as long.
  std::chrono::milliseconds between_slices{50};
  std::int64_t rows_per_slice = 2'000;
};

/// What the ledger needs beside its work: checkpoints, and retention. On the loop; the work itself is done by the
/// worker, in slices between its commands.
class housekeeping {
 public:
  housekeeping(ledger::ledger& book, housekeeping_wiring how);

  /// Any thread: the WAL holds something new.
  void note_commit();

  /// A checkpoint soon after commits, and a WAL that is cut when nobody writes. Until stop().
  boost::asio::awaitable<void> keep_wal_short();
  boost::asio::awaitable<void> carry_out_retention(std::function<ledger::retention_limits()> limits);
  void stop();

 private:
  boost::asio::awaitable<void> pause(boost::asio::steady_timer& timer, std::chrono::milliseconds time) const;
  /// One day's: enters the operation if one is due, then removes slice by slice.
  boost::asio::awaitable<void> retain(ledger::retention_limits limits);

  boost::asio::awaitable<void> checkpoint(bool idle);

  ledger::ledger& book_;
  ledger::retention retention_;
  housekeeping_wiring how_;
  boost::asio::steady_timer wal_timer_, retention_timer_;
  std::atomic<bool> committed_{false};  ///< since the last checkpoint began
  bool stopping_ = false;
};

}  // namespace licaudit::app
