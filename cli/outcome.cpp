#include "cli/outcome.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace licaudit::cli {

void throw_exception_from_error(const complaint& error, const boost::source_location& where) {
  boost::throw_exception(std::runtime_error(error.text), where);
}

}  // namespace licaudit::cli
