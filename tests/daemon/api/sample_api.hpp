#pragma once

#include "daemon/api/router.hpp"
#include "sample_house.hpp"

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// The whole API without sockets: a request in, a response out.
class sample_api {
 public:
  sample_house rooms;
  std::vector<access::grant> grants;
  std::vector<operation> refused;
  std::vector<std::string> reports;
  std::uint32_t uid = 0;  ///< of the caller; 0 is root and may everything

  sample_api();

  response ask(method how, std::string_view target, std::string body = {});
  json::value ask_json(method how, std::string_view target, std::string body = {});  ///< expects 200
  json::value get(std::string_view target) { return ask_json(method::get, target); }
  int status(method how, std::string_view target, std::string body = {}) {
    return ask(how, target, std::move(body)).status;
  }
  std::string problem_of(method how, std::string_view target, std::string body = {});  ///< its detail

  /// All lines of a streaming answer; `reads` is asked before each whether the client is still there.
  std::vector<std::string> lines(const response& streaming, std::function<bool()> reads = {});

  /// From now on the caller is `uid` 1042, and this.
  void become(access::role what, std::string tenant);

  std::string accept_header;
  std::string deletion_secret;

  [[nodiscard]] router& routes() { return *router_; }
  [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
  void run_loop();

 private:
  boost::asio::io_context loop_{1};
  std::unique_ptr<router> router_;
};

}  // namespace licaudit::api
