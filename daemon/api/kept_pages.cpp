#include "daemon/api/kept_pages.hpp"

#include "daemon/api/licence_page.hpp"

#include <algorithm>

namespace licaudit::api {

namespace {

instant end_of_acknowledgements(const audit::tenant_view& of, instant now) {
  instant end = instant::max();
  for (const finding& one : of.findings)
    if (one.is_acknowledged(now)) end = std::min(end, one.acknowledged->until);
  return end;
}

}  // namespace

std::shared_ptr<const std::string> kept_pages::licence_page_of(const std::shared_ptr<const audit::view>& seen,
                                                               const audit::tenant_view& of, bool names, instant now) {
  if (seen_.owner_before(seen) || seen.owner_before(seen_)) {
    begin_anew();
    seen_ = seen;
  }
  if (const auto found = pages_.find(&of); found != pages_.end()) {
    if (const page& there = found->second[names ? 1 : 0]; there.text && now < there.until) return there.text;
  }
  auto made = std::make_shared<const std::string>(licence_page(*seen, of, names, now));
  if (bytes_ + made->capacity() > most_bytes_) begin_anew();
  if (made->capacity() > most_bytes_) return made;
  bytes_ += made->capacity();
  pages_[&of][names ? 1 : 0] = {made, end_of_acknowledgements(of, now)};
  return made;
}

void kept_pages::begin_anew() {
  pages_.clear();
  bytes_ = 0;
}

}  // namespace licaudit::api
