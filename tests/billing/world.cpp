#include "tests/billing/world.hpp"

#include <chrono>
#include <utility>

namespace licaudit::billing::testing {

instant day(int day) {
  using namespace std::chrono;
  return sys_days(year(2026) / October / 1) + days(day - 1);
}

instant noon(int of) {
  return day(of) + std::chrono::hours(12);
}

span october() {
  return {day(1), day(32)};
}

observation licensed(instant at, std::int64_t quantity, tally_state state) {
  observation made;
  made.at = at;
  made.sequence = to_milliseconds(at) / 1000;
  made.licensed = quantity;
  made.state = state;
  return made;
}

observation acquired(instant at, std::int64_t quantity) {
  auto made = licensed(at, 0);
  made.acquired = quantity;
  return made;
}

tenant_month tenant(const std::string& id, const std::string& parent, series values) {
  tenant_month made;
  made.observed.tenant = id;
  made.month = october();
  made.observed.places = {{day(-400), parent}};
  made.observed.licences["ump"] = std::move(values);
  return made;
}

}  // namespace licaudit::billing::testing
