#pragma once

#include "daemon/audit/office.hpp"
#include "daemon/sync/delivery_sink.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <functional>

namespace licaudit::app {

/// Brings what sources deliver to the audit room, on the worker.
class audit_sink final : public sync::delivery_sink {
 public:
  /// `changed` is called on the loop after a run that changed tenants or subjects.
  audit_sink(audit::office& at, boost::asio::any_io_executor worker, std::function<void()> changed);

  boost::asio::awaitable<result<sync::given_and_cursor>> given(std::string source) override;
  boost::asio::awaitable<result<sync::delivery_outcome>> take(ledger::delivery value) override;

 private:
  audit::office& at_;
  boost::asio::any_io_executor worker_;
  std::function<void()> changed_;
};

}  // namespace licaudit::app
