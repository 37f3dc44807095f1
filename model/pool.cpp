#include "model/pool.hpp"

#include <algorithm>

namespace licaudit {

std::int64_t share_of(pool_kind kind, std::optional<std::int64_t> quantity, bool hands_out) {
  const auto own = quantity.value_or(0);
  return kind == pool_kind::tenants && !hands_out ? std::min<std::int64_t>(own, 1) : own;
}

std::int64_t lacks(const pool& above, std::int64_t after) {
  return after <= above.handed_out ? 0 : std::max<std::int64_t>(0, after - above.size);
}

std::int64_t lacks_to_shrink(const pool& own, std::int64_t size) {
  return size >= own.size ? 0 : std::max<std::int64_t>(0, own.handed_out - size);
}

}  // namespace licaudit
