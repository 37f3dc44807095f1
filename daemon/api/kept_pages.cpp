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
  const char* about = names ? "names" : "";
  if (const auto* there = pages_.find(seen, of, about, now)) return there->text;
  const page made{std::make_shared<const std::string>(licence_page(*seen, of, names, now)),
                  end_of_acknowledgements(of, now)};
  pages_.keep(of, about, made);
  return made.text;
}

}  // namespace licaudit::api
