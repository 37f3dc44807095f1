#pragma once

#include <boost/json/object.hpp>

namespace licaudit::cli {

/// What the program says to the shell; scripts of others rely on the numbers.
enum class exit_status : int {
  done = 0,
  attention = 1,  ///< done, and something needs attention
  usage = 2,
  no_daemon = 3,
  not_permitted = 4,
  refused = 5,  ///< bad request, unknown name, conflict
  unsound = 6,  ///< answered, but the data is stale, degraded or held
  timed_out = 7,
  bad_configuration = 8,
  internal = 70
};

/// Of several answers the status that matters most: 6 wins over 1, 1 over 0.
[[nodiscard]] exit_status graver(exit_status a, exit_status b);

/// The status for an answer that is not a 2xx one.
[[nodiscard]] exit_status status_for_http(unsigned http_status);

// What an answer of that kind means to the shell.
[[nodiscard]] exit_status judge_status(const boost::json::object& answer);
[[nodiscard]] exit_status judge_licence_page(const boost::json::object& answer);
[[nodiscard]] exit_status judge_findings(const boost::json::object& answer);
[[nodiscard]] exit_status judge_usage(const boost::json::object& answer);
/// No is 1, whatever it rests on; a yes that rests on something unsound is 6.
[[nodiscard]] exit_status judge_check(const boost::json::object& answer);
[[nodiscard]] exit_status judge_verification(const boost::json::object& answer);
[[nodiscard]] exit_status judge_refresh(const boost::json::object& result);

}  // namespace licaudit::cli
