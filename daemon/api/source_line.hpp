#pragma once

#include "daemon/sync/scheduler.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// What routes ask of the scheduler of sources.
class source_line {
 public:
  virtual ~source_line() = default;
  [[nodiscard]] virtual std::vector<sync::source_state> states() const = 0;
  virtual boost::asio::awaitable<result<std::vector<sync::refresh_result>>> refresh(std::vector<std::string> names,
                                                                                    sync::source_listener listener) = 0;
  virtual void accepted(std::string_view source) = 0;
};

/// The real one.
class scheduler_line final : public source_line {
 public:
  explicit scheduler_line(sync::scheduler& of) : of_(of) {}
  [[nodiscard]] std::vector<sync::source_state> states() const override { return of_.states(); }
  boost::asio::awaitable<result<std::vector<sync::refresh_result>>> refresh(std::vector<std::string> names,
                                                                            sync::source_listener listener) override {
    return of_.refresh(std::move(names), std::move(listener));
  }
  void accepted(std::string_view source) override { of_.accepted(source); }

 private:
  sync::scheduler& of_;
};

}  // namespace licaudit::api
