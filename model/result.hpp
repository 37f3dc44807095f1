#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>

namespace licaudit {

/// What kind of failure it is; `failure::detail` says which thing, why, and what to do.
enum class errc {
  malformed = 1,  ///< input that does not follow its form
  unreachable,    ///< the other side does not answer, or a file cannot be read
  timed_out,      ///< a deadline passed
  refused,        ///< understood, and not allowed or not possible
  conflict,       ///< what the caller rests on has moved, or somebody else holds it
  unknown,        ///< a name that does not exist
  corrupt         ///< stored state that does not agree with itself
};

/// An expected error: bad input, a source that is down, a name that does not exist. `detail` is one sentence for a
/// person.
struct failure {
  errc code;
  std::string detail;
};

template <class T>
using result = boost::system::result<T, failure>;

/// Makes `result::value()` throw, for tests and for places where the error cannot happen.
[[noreturn]] void throw_exception_from_error(const failure& error, const boost::source_location& where);

}  // namespace licaudit
