#pragma once

#include "cli/exit_status.hpp"

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <vector>

namespace licaudit::cli {

/// Why a command could not do what it was asked for: one line for standard error, and the exit status that goes with
/// it. `more` are further errors of the same kind, each its own line: all that is wrong with a configuration.
struct complaint {
  complaint() = default;  // system::result asks for it
  // An aggregate would be constructible from the status alone (C++20), and so `outcome<exit_status>` from neither.
  complaint(exit_status why, std::string what) : status(why), text(std::move(what)) {}

  exit_status status = exit_status::internal;
  std::string text;
  std::vector<std::string> more;
};

template <class T>
using outcome = boost::system::result<T, complaint>;

/// Makes `outcome::value()` throw, for tests.
[[noreturn]] void throw_exception_from_error(const complaint& error, const boost::source_location& where);

}  // namespace licaudit::cli
