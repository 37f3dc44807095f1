#include "daemon/api/refused_decisions.hpp"

#include "daemon/api/problem.hpp"

namespace licaudit::api {
namespace {

/// What a body or a path said may be anything, a name of a person too, and does not come into the hash chain.
std::string loggable(const failure& why) {
  if (why.code == errc::malformed) return "not a value that can be taken";
  if (why.code == errc::unknown) return "no such name";
  return why.detail;
}

}  // namespace

boost::asio::awaitable<result<response>> refused_decisions::refuse(const call& asked, std::string wish, failure why,
                                                                   json::object members) {
  const int status = status_of(why.code);
  if (status < 500) {
    if (const auto swallowed = throttle_.admit(asked.caller(), asked.now())) {
      operation refused;
      refused.at = asked.now();
      refused.type = "refused";
      refused.caller = asked.caller();
      refused.tenant = asked.parameter("t");
      refused.text = wish + ": " + loggable(why);
      if (*swallowed != 0) refused.text += "; " + std::to_string(*swallowed) + " more were not logged";
      // Where it cannot be written down it is refused all the same.
      (void)co_await all_.audit.record(refused);
    }
  }
  co_return problem(status, why.detail, members);
}

}  // namespace licaudit::api
