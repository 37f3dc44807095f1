#include "bench/measured_engine.hpp"

#include <stdexcept>
#include <utility>

namespace licaudit::bench {

using factors::which_rules;

rules_pointer compiled(factor_set set) {
  auto made = factors::rules::compile(std::move(set));
  if (const auto* errors = std::get_if<1>(&made)) {
    throw std::logic_error(errors->front().path + ": " + errors->front().what);
  }
  return std::get<0>(made);
}

measured_engine::measured_engine(const workload& all, rules_pointer effective)
    : all_(all), core_(std::move(effective)) {
  for (const auto& one : all.tenants()) core_.put_tenant(one, {});
  const auto& records = all.records();
  for (std::size_t i = 0; i < records.size(); ++i) core_.put_subject(i, all.subject_of(records[i]));
  for (const auto& one : all.changes()) {
    auto& prepared = changes_.emplace_back();
    prepared.number = one.number;
    if (one.number < records.size()) prepared.before = all.subject_of(records[one.number]);
    if (one.becomes) prepared.after = all.subject_of(*one.becomes);
    touched_.insert(one.becomes ? one.becomes->tenant : records[one.number].tenant);
  }
}

void measured_engine::rest_on(const rules_pointer& effective) {
  core_.drop_candidate();
  if (&core_.current() != effective.get()) {
    try_out(effective);
    core_.adopt_candidate();
  }
  if (!std::exchange(changed_, false)) return;
  for (const auto& one : changes_) put(one.number, one.before);
}

void measured_engine::try_out(const rules_pointer& candidate) {
  if (!core_.set_candidate(candidate)) throw std::logic_error("the engine does not hold a field of the candidate");
}

void measured_engine::apply_changes() {
  changed_ = true;
  for (const auto& one : changes_) put(one.number, one.after);
}

void measured_engine::put(std::uint64_t number, const std::optional<subject>& value) {
  value ? core_.put_subject(number, *value) : core_.remove_subject(number);
}

void measured_engine::count_all(which_rules which, const std::string& off, tallies& into) const {
  const auto slash = off.find('/');
  const auto* switched =
      off.empty() ? nullptr : core_.current(which).set().find(off.substr(0, slash), off.substr(slash + 1));
  const factors::switch_position on = [switched](const licence&, const factor& one) { return &one != switched; };
  for (std::uint32_t i = 0; i < all_.tenants().size(); ++i) count(i, on, which, into);
}

void measured_engine::count_touched(tallies& into) const {
  const factors::switch_position on = [](const licence&, const factor&) { return true; };
  for (const auto tenant : touched_) count(tenant, on, which_rules::effective, into);
}

/// All factors of the workload apply to all of its tenants, so they come in the order of the set.
void measured_engine::count(std::uint32_t tenant, const factors::switch_position& on, which_rules which,
                            tallies& into) const {
  auto* next = &into[tenant * (into.size() / all_.tenants().size())];
  for (const auto& of : core_.count(all_.tenants()[tenant].id, on, which)) {
    for (const auto& one : of.factors) *next++ = {one.n1, one.n2};
  }
}

}  // namespace licaudit::bench
