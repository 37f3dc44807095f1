#pragma once

#include "model/instant.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace licaudit {

/// How one execution of a source ended. `held`: complete, but a guard holds it back for some tenants.
enum class run_state : std::uint8_t { ok, held, failed };

[[nodiscard]] std::string_view to_text(run_state state);
[[nodiscard]] result<run_state> parse_run_state(std::string_view text);

/// What is kept of every run of a source, failed ones too.
struct source_run {
  std::int64_t id = 0;  ///< given by the ledger
  std::string source;
  instant started{};
  instant ended{};
  run_state state = run_state::ok;
  bool delta = false;
  std::string problem;        ///< why it failed, one sentence; empty if it did not
  std::string exit;           ///< `exit 0`, `exit 3`, `signal 11`, `killed at its deadline of 300 s`
  std::string stderr_tail;    ///< the end of what it said on standard error, at most 4 KiB
  std::string stream_sha256;  ///< hex, of all of standard output
  std::int64_t bytes = 0, lines = 0;
  std::int64_t tenants = 0, users = 0, numbers = 0, meters = 0, removed = 0;  ///< records given
  std::map<std::string, std::int64_t> left_out;                               ///< by reason
};

[[nodiscard]] json::object to_json(const source_run& run);
[[nodiscard]] result<source_run> source_run_from_json(const json::value& value);

}  // namespace licaudit
