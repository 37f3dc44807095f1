#pragma once

#include "daemon/audit/view.hpp"
#include "daemon/ledger/peaks.hpp"
#include "model/finding.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace licaudit::app {

struct month_end_wiring {
  boost::asio::any_io_executor loop, worker, reading;
  std::function<instant()> clock;
  std::function<std::shared_ptr<const audit::view>()> view;
  std::function<result<std::vector<ledger::licensed_peak>>(instant since, instant until)> peaks;  ///< on `reading`
  /// On `worker`: audit::office::note_month_end.
  std::function<result<void>(const std::vector<std::string>& tenants, std::vector<finding> dips)> note;

  // A month that has ended waits a minute; the peaks of all tenants are read once for each zone and month.
  std::chrono::milliseconds between_looks{60'000};
};

/// After the end of a month in a zone: looks at how it ended for the tenants there. On the loop; the ledger is read by
/// the reader, and told by the worker.
class month_end_watch {
 public:
  explicit month_end_watch(month_end_wiring how) : how_(std::move(how)), timer_(how_.loop) {}

  /// Until stop().
  boost::asio::awaitable<void> run();
  void stop();

 private:
  struct ended_month {
    std::chrono::year_month month;
    instant since{}, until{};
    std::vector<std::string> tenants;  ///< that are no sums: those show what their parts do
  };
  /// By zone; those that were looked at already are left out.
  [[nodiscard]] std::map<std::string, ended_month> due(const audit::view& seen, instant now);
  /// False: it could not be, and is to be tried again.
  boost::asio::awaitable<bool> look_at(ended_month which);
  boost::asio::awaitable<void> pause();

  month_end_wiring how_;
  boost::asio::steady_timer timer_;
  std::map<std::string, std::chrono::year_month> done_;  ///< by zone
  instant next_{};                                       ///< no zone has another month before it
  bool stopping_ = false;
};

}  // namespace licaudit::app
