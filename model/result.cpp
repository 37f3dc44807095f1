#include "model/result.hpp"

#include <stdexcept>

namespace licaudit {

void throw_exception_from_error(const failure& error, const boost::source_location& where) {
  throw std::runtime_error(error.detail + " (" + where.to_string() + ")");
}

}  // namespace licaudit
