#include "daemon/audit/need_findings.hpp"

#include "daemon/audit/new_finding.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

bool is_used(const tenant_tally& in, const std::string& licence) {
  return std::any_of(in.licences.begin(), in.licences.end(),
                     [&](const licence_tally& one) { return one.licence == licence && one.licensed > 0; });
}

bool is_had(const tenant_tally& in, const std::string& licence) {
  return std::any_of(in.licences.begin(), in.licences.end(), [&](const licence_tally& one) {
    return one.licence == licence && (one.licensed > 0 || one.acquired.value_or(0) > 0);
  });
}

/// What one licence lacks of those that it requires.
class need_of_licence {
 public:
  need_of_licence(desk& all, const tenant_slot& slot, const licence& of) : all_(all), slot_(slot), of_(of) {}

  void look_for(const std::string& needed) {
    if (const auto lack = lacking(needed)) {
      if (lack->subjects > 0) tell_of_subjects(needed, *lack);
    } else if (!is_had(*slot_.tally.own, needed)) {
      tell(of_.id + " is used here without " + needed, 1);
    }
  }

  void add_to(std::vector<finding>& made) const {
    if (text_.empty()) return;
    auto one = new_finding("missing-requirement", severity::warn, slot_.id(), text_,
                           "give what is missing as well, or take " + of_.id + " away");
    one.licence = of_.id;
    one.count = count_;
    made.push_back(std::move(one));
  }

 private:
  /// None: the two do not count the same kind of subject.
  [[nodiscard]] std::optional<factors::engine::lacking_subjects> lacking(const std::string& needed) const {
    const auto* other = all_.engine.current().set().find(needed);
    const auto index = all_.engine.index_of(slot_.id());
    if (other == nullptr || !index) return std::nullopt;
    switch_positions positions(all_.tenants, all_.engine.current());
    return all_.engine.lacking(*index, positions.of(slot_).board, of_, *other);
  }

  /// By the key of an example: a text is shown to those who may not see names, too.
  void tell_of_subjects(const std::string& needed, const factors::engine::lacking_subjects& lack) {
    const auto count = static_cast<std::int64_t>(lack.subjects);
    tell(std::to_string(count) + (count == 1 ? " has " : " have ") + of_.id + " without " + needed +
             ", such as the one with the key " + all_.book.key_of(static_cast<ledger::subject_number>(lack.example)),
         count);
  }

  void tell(const std::string& text, std::int64_t count) {
    text_ += (text_.empty() ? "" : "; ") + text;
    count_ = std::max(count_, count);
  }

  desk& all_;
  const tenant_slot& slot_;
  const licence& of_;
  std::string text_;
  std::int64_t count_ = 0;
};

}  // namespace

void add_need_findings(desk& all, const tenant_slot& slot, std::vector<finding>& made) {
  const auto& tally = *slot.tally.own;
  if (tally.disabled) return;
  for (const auto& of : all.engine.current().set().licences) {
    if (of.terms.needs.empty() || !is_used(tally, of.id)) continue;
    need_of_licence need(all, slot, of);
    for (const auto& needed : of.terms.needs) need.look_for(needed);
    need.add_to(made);
  }
}

}  // namespace licaudit::audit
