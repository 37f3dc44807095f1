#include "daemon/api/refusal_throttle.hpp"

#include <utility>

namespace licaudit::api {

std::optional<std::int64_t> refusal_throttle::admit(const std::string& caller, instant now) {
  if (callers_.size() >= most_callers && callers_.count(caller) == 0) callers_.clear();
  minute& of = callers_[caller];
  // A clock that fell back begins a new minute too.
  if (of.logged == 0 || now - of.since >= std::chrono::minutes(1) || now < of.since) {
    of.since = now;
    of.logged = 0;
  }
  if (of.logged >= most_a_minute) {
    ++of.swallowed;
    return std::nullopt;
  }
  ++of.logged;
  return std::exchange(of.swallowed, 0);
}

}  // namespace licaudit::api
