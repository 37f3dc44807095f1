#include "daemon/audit/change_list.hpp"

#include <algorithm>
#include <boost/assert.hpp>

namespace licaudit::audit {

void change_list::add(const change& made) {
  if (!runs_.empty() && runs_.back().made == made)
    ++runs_.back().end;
  else
    runs_.push_back({made, size() + 1});
}

const change_list::change& change_list::operator[](std::size_t row) const {
  BOOST_ASSERT(row < size());
  const auto ends_behind = [row](const run& one) { return one.end > row; };
  return std::find_if(runs_.begin(), runs_.end(), ends_behind)->made;
}

}  // namespace licaudit::audit
