#include "bench/measured_engine.hpp"

#include <algorithm>
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

measured_engine::arrived::arrived(const subject& value) {
  std::vector<field_text> room;
  view = view_of(value, room);
  std::size_t size = view.tenant.size() + view.id.size();
  for (const auto& one : view.fields) size += one.text.size();
  texts.reserve(size);  // what refers to it stays true
  const auto keep = [&](std::string_view text) {
    texts += text;
    return std::string_view(texts).substr(texts.size() - text.size());
  };
  for (const auto& one : view.fields) {
    const auto* name = std::find(field_names.begin(), field_names.end(), one.name);
    fields.push_back({*name, keep(one.text)});
  }
  view.tenant = keep(view.tenant);
  view.id = keep(view.id);
  view.fields = fields;
}

measured_engine::measured_engine(const workload& all, rules_pointer effective) : core_(std::move(effective)) {
  for (const auto& one : all.tenants()) core_.put_tenant(one, {});
  const auto& records = all.records();
  for (std::size_t i = 0; i < records.size(); ++i) core_.put_subject(i, all.subject_of(records[i]));
  for (const auto& one : all.changes()) {
    auto& prepared = changes_.emplace_back();
    prepared.number = one.number;
    if (one.number < records.size()) prepared.before = std::make_unique<arrived>(all.subject_of(records[one.number]));
    if (one.becomes) prepared.after = std::make_unique<arrived>(all.subject_of(*one.becomes));
  }
  for (std::uint32_t i = 0; i < all.tenants().size(); ++i) {
    indices_.push_back(core_.index_of(all.tenants()[i].id).value());
    places_.resize(std::max<std::size_t>(places_.size(), indices_.back() + 1));
    places_[indices_.back()] = i;
  }
}

void measured_engine::rest_on(const rules_pointer& effective) {
  core_.drop_candidate();
  if (&core_.current() != effective.get()) {
    try_out(effective);
    core_.adopt_candidate();
  }
  if (std::exchange(changed_, false)) {
    for (const auto& one : changes_) put(one.number, one.before);
  }
  (void)core_.take_moved();
}

void measured_engine::try_out(const rules_pointer& candidate) {
  if (!core_.set_candidate(candidate)) throw std::logic_error("the engine does not hold a field of the candidate");
}

void measured_engine::apply_changes() {
  changed_ = true;
  for (const auto& one : changes_) put(one.number, one.after);
}

void measured_engine::put(std::uint64_t number, const std::unique_ptr<arrived>& value) {
  value ? core_.put_subject(number, value->view) : core_.remove_subject(number);
}

void measured_engine::count_all(which_rules which, tallies& into) {
  const factors::switch_board on(core_.current(which), [](const licence&, const factor&) { return true; });
  for (std::uint32_t i = 0; i < indices_.size(); ++i) {
    core_.count(indices_[i], on, sums_, which);
    write(i, into);
  }
}

void measured_engine::count_flipped(const std::string& off, tallies& into) {
  const auto slash = off.find('/');
  const auto& set = core_.current().set();
  const auto* of = set.find(off.substr(0, slash));
  const auto* switched = set.find(off.substr(0, slash), off.substr(slash + 1));
  const factors::switch_board on(core_.current(), [&](const licence&, const factor& one) { return &one != switched; });
  // Its factors stand side by side.
  std::size_t first = 0;
  for (const auto* one = set.licences.data(); one != of; ++one) first += one->factors.size();
  const auto factors = into.size() / indices_.size();
  sums_.resize(factors);
  for (std::uint32_t i = 0; i < indices_.size(); ++i) {
    core_.count(indices_[i], on, *of, sums_);
    for (auto at = first; at < first + of->factors.size(); ++at) {
      into[i * factors + at] = {sums_[at].n1, sums_[at].n2};
    }
  }
}

void measured_engine::count_moved(tallies& into) {
  const factors::switch_board on(core_.current(), [](const licence&, const factor&) { return true; });
  for (const auto index : core_.take_moved()) {
    core_.count(index, on, sums_);
    write(places_[index], into);
  }
}

void measured_engine::write(std::uint32_t tenant, tallies& into) const {
  auto* next = &into[tenant * (into.size() / indices_.size())];
  for (const auto& one : sums_) *next++ = {one.n1, one.n2};
}

}  // namespace licaudit::bench
