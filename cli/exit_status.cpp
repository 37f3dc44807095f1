#include "cli/exit_status.hpp"

#include "cli/rendering/json_access.hpp"

#include <algorithm>
#include <array>

namespace licaudit::cli {

using namespace rendering;

namespace {

bool is_unsound(std::string_view state) {
  return state == "degraded" || state == "held" || state == "stale";
}

bool any_source(const json::object& answer, bool (*wanted)(std::string_view state)) {
  return std::ranges::any_of(elements(answer, "sources"),
                             [wanted](const json::value& source) { return wanted(text_at(source, "state")); });
}

/// These findings say that the counts rest on inventory that is not today's.
bool tells_of_unsound_data(std::string_view finding) {
  static constexpr std::array<std::string_view, 5> kinds = {"stale", "shrink", "swing", "held", "failed-criterion"};
  return std::ranges::find(kinds, finding) != kinds.end();
}

/// Somebody has seen it and wants to hear no more of it for now; the daemon says so only as long as that holds.
bool may_wait(const json::value& finding) {
  return !text_at(finding, "acknowledged.until").empty();
}

/// The over-use of a licence is known and may wait.
bool is_known_over_use(const json::object& page, std::string_view licence) {
  return std::ranges::any_of(elements(page, "findings"), [licence](const json::value& finding) {
    return text_at(finding, "finding") == "over-use" && text_at(finding, "licence") == licence && may_wait(finding);
  });
}

}  // namespace

exit_status graver(exit_status a, exit_status b) {
  return std::max(a, b);
}

exit_status status_for_http(unsigned http_status) {
  switch (http_status) {
    case 401:
    case 403:
      return exit_status::not_permitted;
    case 408:
    case 504:
      return exit_status::timed_out;
    case 503:  // the daemon works, but cannot do this now: starting, stopping, disk full
      return exit_status::refused;
    default:
      return http_status >= 400 && http_status < 500 ? exit_status::refused : exit_status::internal;
  }
}

exit_status judge_status(const json::object& answer) {
  if (is_unsound(text_at(answer, "state")) || any_source(answer, is_unsound)) return exit_status::unsound;
  return integer_at(answer, "findings.page").value_or(0) > 0 ? exit_status::attention : exit_status::done;
}

exit_status judge_licence_page(const json::object& answer) {
  if (is_unsound(text_at(answer, "state"))) return exit_status::unsound;
  const bool over_use = std::ranges::any_of(elements(answer, "licences"), [&answer](const json::value& licence) {
    return integer_at(licence, "available").value_or(0) < 0 && !is_known_over_use(answer, text_at(licence, "licence"));
  });
  const bool paged = std::ranges::any_of(elements(answer, "findings"), [](const json::value& finding) {
    return text_at(finding, "severity") == "page" && !may_wait(finding);
  });
  return over_use || paged ? exit_status::attention : exit_status::done;
}

exit_status judge_findings(const json::object& answer) {
  auto worst = exit_status::done;
  for (const auto& finding : elements(answer, "findings")) {
    if (may_wait(finding)) continue;
    if (tells_of_unsound_data(text_at(finding, "finding"))) return exit_status::unsound;
    if (text_at(finding, "severity") != "info") worst = exit_status::attention;
  }
  return worst;
}

exit_status judge_usage(const json::object& answer) {
  if (is_unsound(text_at(answer, "state"))) return exit_status::unsound;
  const bool needs_attention = std::ranges::any_of(elements(answer, "licences"), [](const json::value& licence) {
    const auto use = text_at(licence, "use");
    return use == "exhausted" || use == "over-use";
  });
  return needs_attention ? exit_status::attention : exit_status::done;
}

exit_status judge_check(const json::object& answer) {
  if (!flag_at(answer, "allowed", false)) return exit_status::attention;
  return is_unsound(text_at(answer, "state")) ? exit_status::unsound : exit_status::done;
}

exit_status judge_verification(const json::object& answer) {
  return flag_at(answer, "clean", false) ? exit_status::done : exit_status::attention;
}

exit_status judge_refresh(const json::object& result) {
  const auto is_bad = [](std::string_view state) { return state != "ok"; };
  return any_source(result, is_bad) ? exit_status::unsound : exit_status::done;
}

}  // namespace licaudit::cli
