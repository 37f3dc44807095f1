#pragma once

#include "daemon/api/office_line.hpp"
#include "daemon/api/reader_line.hpp"
#include "daemon/api/router.hpp"
#include "tests/daemon/api/sample_house.hpp"
#include "tests/daemon/audit/scene.hpp"

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::app {

/// The routes over a real office and a real ledger, with a clock that moves only when told. The caller is root, unless
/// told.
class bill_house {
 public:
  bill_house();

  /// From now on it is this late; nothing happens by that.
  void set_clock(std::string_view at);
  /// As the schedule does it.
  void calculate(std::string_view at);
  /// Puts rules in force at once: `billing` of the licence `ump`, else as the catalogue has it.
  void bill_by(const std::string& of, const std::string& by);

  api::response ask(api::method how, std::string_view target, std::string body = {}, std::string accept = {});
  /// Expects 200.
  json::value ask_json(api::method how, std::string_view target, std::string body = {});
  json::value get(std::string_view target) { return ask_json(api::method::get, target); }
  /// Expects 200.
  json::value rule(const std::string& month, const std::string& what, const std::string& body);
  /// `409 sentence`; expects a refusal.
  std::string refusal(const std::string& month, const std::string& what, const std::string& body);
  /// The bill of one tenant.
  json::value bill(const std::string& tenant, const std::string& month);
  /// The quantity of its first line, which is what the worked examples have.
  std::int64_t quantity(const std::string& tenant, const std::string& month);
  /// Of a streaming answer.
  std::vector<std::string> lines(std::string_view target);
  [[nodiscard]] std::vector<operation> logged();

  audit::scene scene;
  std::vector<access::grant> grants;  ///< of whoever asks with another user id than that of root
  std::uint32_t user = 0;

 private:
  instant now_{};
  boost::asio::io_context loop_{1};
  api::sample_house others_;
  api::office_line office_;
  api::reader_line ledger_;
  std::unique_ptr<api::router> router_;
};

/// A tenant's record: `acquired` of ump, no site.
[[nodiscard]] std::string record(const std::string& id, const std::string& parent, std::int64_t acquired,
                                 const std::string& zone = {}, const std::string& name = {});

}  // namespace licaudit::app
