// The desk's memory, from the ledger.
#include "daemon/audit/desk.hpp"

#include <utility>

namespace licaudit::audit {

namespace {

/// What calculations changed, told of a tenant; each calculation is read once.
class change_memory {
 public:
  explicit change_memory(ledger::ledger& book) : book_(book) {}

  std::shared_ptr<const last_change> of(std::int64_t sequence, const std::string& tenant) {
    auto& known = of_sequence(sequence);
    const auto moved = known.made ? known.made->moved.find(tenant) : decltype(known.made->moved.end()){};
    if (!known.made || moved == known.made->moved.end()) return known.unmoved;
    auto& mine = last_[tenant];
    if (!mine || mine->sequence != sequence)
      mine = std::make_shared<const last_change>(
          last_change{known.made->at, describe(known.made->cause, &moved->second), sequence});
    return mine;
  }

 private:
  struct memory {
    std::optional<ledger::stored_calculation> made;
    std::shared_ptr<const last_change> unmoved;
  };
  memory& of_sequence(std::int64_t sequence) {
    auto [known, added] = known_.try_emplace(sequence);
    if (!added) return known->second;
    auto& made = known->second.made;
    made = book_.calculation(sequence);
    last_change change;
    change.sequence = sequence;
    if (made) {
      change.at = made->at;
      change.cause = describe(made->cause, nullptr);
    }
    known->second.unmoved = std::make_shared<const last_change>(std::move(change));
    return known->second;
  }

  ledger::ledger& book_;
  std::map<std::int64_t, memory> known_;
  std::map<std::string, std::shared_ptr<const last_change>> last_;  ///< of the tenant that is asked for
};

}  // namespace

desk::desk(ledger::ledger& open, policy settings, std::function<instant()> now)
    : book(open), how(std::move(settings)), clock(std::move(now)), engine(how.rules), effective(how.rules) {}

instant desk::next_instant() {
  latest = std::max(clock(), latest + std::chrono::milliseconds(1));
  return latest;
}

result<std::shared_ptr<const factors::rules>> desk::rules_in_force() {
  const auto stored = book.rules_text();
  if (!stored) return how.rules;
  rules_since = stored->second;
  const auto text = parse_json(stored->first);
  if (!text) return failure{errc::corrupt, "the rules in force: " + text.error().detail};
  auto set = factor_set_from_json(*text);
  if (!set) return failure{errc::corrupt, "the rules in force: " + set.error().detail};
  if (revision_of(*set).name == how.rules->revision().name) return how.rules;
  return how.compile(*set);
}

result<void> desk::load() {
  if (auto shown = load_shown(); !shown) return shown;
  return load_inventory();
}

result<void> desk::load_shown() {
  auto in_force = rules_in_force();
  if (!in_force) return in_force.error();
  loading = true;
  engine = factors::engine(*in_force);
  effective = *in_force;
  latest = std::max(latest, book.last_instant());
  load_tenants();
  load_tallies();
  return {};
}

result<void> desk::load_inventory() {
  const bool pending = effective->revision().name != how.rules->revision().name;
  if (pending) engine.hold_fields(*how.rules);
  for (const auto& [id, slot] : tenants.all())
    if (!engine.holds_fields(*slot.record)) engine.hold_fields(*slot.record);
  for (const auto& [id, slot] : tenants.all()) engine.put_tenant(*slot.record, latest);
  book.each_subject([this](ledger::subject_number number, const subject& value) {
    if (tenants.find(value.name.tenant) != nullptr) engine.put_subject(static_cast<std::uint64_t>(number), value);
  });
  if (pending && !engine.set_candidate(how.rules))
    return failure{errc::corrupt, "the pending rules read fields that are not held"};
  begin_months(std::nullopt, latest);
  loading = false;
  return {};
}

void desk::load_tenants() {
  tenants = {};
  waiting.clear();
  dirty.clear();
  stale.clear();
  published_no_more.clear();
  former_ends.clear();
  due_moves.clear();
  all_stale = true;
  for (const auto& stored : book.tenants()) {
    if (!stored.record) continue;
    if (stored.gone && stored.origin == "local") {
      tenants.retired.emplace(stored.id, stored.record->parent);  // removed by a person, not lost by a source
      continue;
    }
    auto& slot = tenants.put(*stored.record, stored.origin);
    slot.gone = stored.gone;
    note_former_ends(*stored.record, latest);
    dirty.insert(&slot);
  }
  populations = {};
  for (const auto& one : book.head_counts())
    if (tenants.find(one.tenant) != nullptr) populations.add(one.tenant, one.users, one.numbers);
  for (const auto& decision : book.decisions()) {
    auto* slot = tenants.find(decision.tenant);
    if (slot == nullptr || !decision.value) continue;
    if (decision.item == "enabled") slot->enabled = *decision.value != 0;
    if (decision.item.rfind("switch:", 0) == 0)
      slot->decided.change().switches[decision.item.substr(7)] = *decision.value != 0;
    if (decision.item.rfind("acquired:", 0) == 0)
      slot->decided.change().ordered[decision.item.substr(9)] = *decision.value;
    if (decision.item.rfind("limit:", 0) == 0) slot->decided.change().limits[decision.item.substr(6)] = *decision.value;
  }
  carts = cart_book(book.carts());
  for (auto& move : book.planned_moves())
    if (auto* slot = tenants.find(move.tenant)) {
      if (move.refused.empty()) due_moves.emplace(move.effective, move.tenant);
      slot->decided.change().planned = std::move(move);
    }
  for (const auto& pending : book.pending_switches())
    if (auto* slot = tenants.find(pending.tenant)) {
      slot->decided.change().pending[pending.item.substr(7)] =
          pending.value ? std::optional(*pending.value != 0) : std::nullopt;
      waiting.insert(slot);
    }
}

void desk::load_tallies() {
  tallies = {};
  sound.clear();
  leaving.clear();
  last = book.last_calculation();
  last_of_all.reset();
  if (last) last_of_all = calculation_stamp{last->sequence, last->at};
  change_memory made(book);
  for (const auto& stored : book.tallies()) {
    auto* slot = tenants.find(stored.tenant);
    if (slot == nullptr) {
      leave(stored);
      continue;
    }
    tallies.restore(*slot, stored.rows, engine.current().set(),
                    [&](std::int64_t sequence) { return made.of(sequence, stored.tenant); });
    if (slot->tally.changes->empty()) continue;
    if (!slot->has_children()) slot->tally.own = slot->tally.shown;
    slot->tally.calculated = last_of_all;
    tally_book::count_in(*slot, slot->above);
  }
  for (auto& value : book.sound_values())
    if (const auto* slot = tenants.find(value.tenant);
        !value.source.empty() || (slot != nullptr && slot->has_children()))
      sound[{value.tenant, value.licence}] = value;
  held = book.held();
  restore_findings();
  load_health();
  degraded = reasons_to_degrade(latest);
}

void desk::leave(const ledger::stored_tally& stored) {
  tally_book::row_list shown;
  for (const auto& row : stored.rows)
    if ((row.flags & ledger::flag_absent) == 0) shown.push_back(row);
  if (!shown.empty()) leaving.emplace(stored.tenant, std::move(shown));
}

void desk::load_health() {
  health = {};
  for (const auto& source : how.sources)
    if (!source.for_each_service) condition_of(source.name);
  for (const auto& stored : book.sources()) {
    if (configured(stored.name) == nullptr) continue;
    auto& source = condition_of(stored.name);
    source.last_good = stored.last_good;
    source.failed_since_good = stored.failed_since_good;
    source.problem = stored.last_failed ? stored.problem : std::string();
    source.tenants.insert(stored.tenants.begin(), stored.tenants.end());
  }
  renew_abandoned();
}

result<void> desk::take_policy(policy settings) {
  const policy before = std::exchange(how, std::move(settings));
  engine.drop_candidate();
  load_health();
  if (how.rules->revision().name == effective->revision().name) return {};
  if (engine.set_candidate(how.rules)) {
    begin_months(std::nullopt, latest);
    return {};
  }
  auto loaded = load();
  if (loaded) return loaded;
  how = before;
  if (auto again = load(); !again) return again;
  return loaded;
}

}  // namespace licaudit::audit
