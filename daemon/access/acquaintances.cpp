#include "daemon/access/acquaintances.hpp"

namespace licaudit::access {

standing acquaintances::standing_of(const caller& who, const std::shared_ptr<const policy>& by, instant now) {
  if (who.door == door::listener) return by->standing_of(who, now);
  if (by != by_ || met_.size() >= most) met_.clear();
  by_ = by;
  const auto found = met_.find(who);
  if (found != met_.end()) {
    const acquaintance& one = found->second;
    if (now >= one.since && (!one.until || now < *one.until)) return one.what;
  }
  standing what = by->standing_of(who, now);
  const auto until = what.until();
  return met_.insert_or_assign(who, acquaintance{std::move(what), now, until}).first->second.what;
}

}  // namespace licaudit::access
