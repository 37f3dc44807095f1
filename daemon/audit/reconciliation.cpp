#include "daemon/audit/reconciliation.hpp"

#include "daemon/audit/new_finding.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace licaudit::audit {

namespace {

finding of_source(const std::string& kind, const std::string& source, const std::string& tenant, std::string text,
                  std::string action) {
  auto one = new_finding(kind, severity::warn, tenant, std::move(text), std::move(action));
  one.source = source;
  return one;
}

class reconciliation {
 public:
  reconciliation(const desk& all, ledger::transaction& tx, ledger::delivery& run)
      : all_(all), tx_(tx), run_(run), source_(run.run.source) {}

  reconciled make() {
    made_.change.source = source_;
    made_.change.stream_sha256 = run_.run.stream_sha256;
    made_.change.dated = run_.run.ended;
    note_faulty();
    take_tenants();
    group_subjects();
    if (run_.snapshot)
      take_missing();
    else
      take_removed();
    for (auto& [tenant, differences] : parts_) settle(tenant, differences);
    release();
    report_unknown();
    made_.change.records = std::move(run_.put);
    return std::move(made_);
  }

 private:
  /// The differences of one tenant; records of the run by where they lie in it.
  struct difference {
    std::vector<std::uint32_t> added;
    std::vector<given_change> put;
    std::vector<ledger::subject_number> removed;

    [[nodiscard]] bool puts_any() const { return !added.empty() || !put.empty(); }
  };

  void set_aside(const std::string& tenant, std::int64_t line, const std::string& what,
                 const std::string& subject = {}) {
    faulty_.insert(tenant);
    const std::string where = line > 0 ? "line " + std::to_string(line) + ": " : std::string();
    // A tenant that does not exist has no page to be told on: the host is told.
    const bool exists = all_.tenants.find(tenant) != nullptr;
    made_.findings.push_back(of_source(
        "set-aside", source_, exists ? tenant : std::string(),
        "source " + source_ + ", " + where + what +
            (tenant.empty() ? std::string() : "; what it gave of " + tenant + " was set aside, the last good stays"),
        "correct it where it comes from, then: licaudit refresh " + source_));
    made_.findings.back().subject = exists || !subject.empty() ? subject : tenant;
  }

  void note_faulty() {
    for (const auto& one : run_.faulty)
      if (faulty_.find(one.tenant) == faulty_.end()) set_aside(one.tenant, one.line_number, one.what, one.subject);
  }

  /// As in tenants.d, who names no parent stands under the root.
  void put_under_root() {
    std::string root = all_.tenants.root();
    for (const auto& record : run_.tenants)
      if (record.type == tenant_type::provider && root.empty()) root = record.id;
    for (auto& record : run_.tenants)
      if (record.parent.empty() && record.type != tenant_type::provider) record.parent = root;
  }

  void take_tenants() {
    put_under_root();
    std::map<std::string, const tenant*, std::less<>> records;
    for (const auto& record : run_.tenants) records[record.id] = &record;
    for (const auto& [id, record] : records) {
      if (faulty_.find(id) != faulty_.end()) continue;
      const auto* known = all_.tenants.find(id);
      if (known != nullptr && known->origin != source_ && !known->gone) {
        made_.findings.push_back(of_source("second-claim", source_, id,
                                           "source " + source_ + " gives tenant " + id + ", which comes from " +
                                               known->origin + "; its record was set aside",
                                           "remove it from one of the two"));
        continue;
      }
      if (const auto objection = all_.objection_to(*record, records); !objection.empty()) {
        set_aside(id, 0, "tenant " + id + ": " + objection);
        continue;
      }
      new_tenants_.insert(id);
      if (known == nullptr || known->gone || !(*known->record == *record)) made_.change.tenants.push_back(*record);
    }
    if (run_.snapshot) {
      for (const auto& [id, slot] : all_.tenants.all())
        if (records.find(id) == records.end()) lose(id, slot);
    } else {
      for (const auto& id : run_.removed_tenants)
        if (const auto* slot = all_.tenants.find(id)) lose(id, *slot);
    }
  }

  void lose(const std::string& id, const tenant_slot& slot) {
    if (slot.origin == source_ && !slot.gone) made_.change.gone.push_back(id);
  }

  [[nodiscard]] bool is_known(const std::string& tenant) const {
    return all_.tenants.find(tenant) != nullptr || new_tenants_.find(tenant) != new_tenants_.end();
  }

  [[nodiscard]] bool is_usable(const std::string& tenant) {
    if (faulty_.find(tenant) != faulty_.end()) return false;
    if (is_known(tenant)) return true;
    ++unknown_[tenant];
    return false;
  }

  void group_subjects() {
    std::sort(run_.missing.begin(), run_.missing.end());
    for (std::size_t i = 0; i < run_.put.size(); ++i) group(static_cast<std::uint32_t>(i), run_.put[i]);
    std::sort(put_numbers_.begin(), put_numbers_.end());
  }

  void group(std::uint32_t record, const ledger::packed_subject& one) {
    auto* part = part_of(one.tenant);
    if (part == nullptr) {
      first_line_.try_emplace(std::string(one.tenant), one.line_number);
      return;
    }
    const auto number = tx_.find_subject(one.tenant, one.kind, one.id);
    if (!number) {
      part->added.push_back(record);
      puts_any_ = true;
      return;
    }
    put_numbers_.push_back(*number);
    // Given before and its old line seen in this very run: it stands in the snapshot twice, with different content. (A
    // meter's line is read again though it was seen.)
    if (run_.snapshot && one.kind != subject_kind::meter && !is_in(run_.missing, *number) &&
        tx_.is_given(source_, *number)) {
      const std::string id(one.id);
      set_aside(std::string(one.tenant), one.line_number,
                std::string(to_text(one.kind)) + " " + id + " stands in the run twice with different content", id);
      last_ = parts_.end();
      return;
    }
    part->put.push_back({*number, record});
    puts_any_ = true;
  }

  [[nodiscard]] static bool is_in(const std::vector<ledger::subject_number>& sorted, ledger::subject_number number) {
    return std::binary_search(sorted.begin(), sorted.end(), number);
  }

  /// Where the differences of a tenant are gathered; null where they are not. Most sources print tenant by tenant.
  [[nodiscard]] difference* part_of(std::string_view tenant) {
    if (last_ == parts_.end() || last_->first != tenant) {
      std::string id(tenant);
      last_ = is_usable(id) ? parts_.try_emplace(std::move(id)).first : parts_.end();
    }
    return last_ == parts_.end() ? nullptr : &last_->second;
  }

  void take_missing() {
    for (const auto number : run_.missing) {
      if (is_in(put_numbers_, number)) continue;
      const auto name = tx_.name_of(number);
      if (faulty_.find(name.tenant) == faulty_.end()) remove(name.tenant, number);
    }
  }

  void take_removed() {
    for (const auto& name : run_.removed) {
      if (!is_usable(name.tenant)) continue;
      const auto number = tx_.find_subject(name);
      if (number && tx_.is_given(source_, *number)) remove(name.tenant, *number);
    }
  }

  void remove(const std::string& tenant, ledger::subject_number number) {
    parts_[tenant].removed.push_back(number);
    ++removed_total_;
  }

  void settle(const std::string& tenant, difference& differences) {
    if (faulty_.find(tenant) != faulty_.end()) return;
    const std::int64_t before = tx_.given_count(source_, tenant);
    const auto removed = static_cast<std::int64_t>(differences.removed.size());
    if (differences.puts_any() || removed < before) made_.fed.insert(tenant);
    if (before == 0) made_.first_fed.insert(tenant);
    const bool empties_all = removed > 0 && removed == before && !puts_any_ && removed_total_ == given_total();
    const auto waiting = earlier(tenant);
    const bool shrinks = guard{all_.how.shrink_percent, all_.how.least}.trips(removed, before);
    if (removed > 0 && (shrinks || empties_all)) return hold(tenant, differences, removed, before);
    // What comes after a held difference in a delta waits with it: it builds on it.
    if (!run_.snapshot && waiting) return hold(tenant, differences, removed, before);
    auto& change = made_.change;
    change.added.insert(change.added.end(), differences.added.begin(), differences.added.end());
    change.subjects.insert(change.subjects.end(), differences.put.begin(), differences.put.end());
    for (const auto number : differences.removed) change.remove(number);
    differences = {};
  }

  [[nodiscard]] std::int64_t given_total() {
    if (!given_total_) given_total_ = tx_.given_count(source_);
    return *given_total_;
  }

  [[nodiscard]] const ledger::held_difference* earlier(const std::string& tenant) const {
    const auto known = std::find_if(all_.held.begin(), all_.held.end(), [&](const ledger::held_difference& one) {
      return one.source == source_ && one.tenant == tenant;
    });
    return known == all_.held.end() ? nullptr : &*known;
  }

  void hold(const std::string& tenant, const difference& differences, std::int64_t removed, std::int64_t before) {
    std::map<subject_name, std::optional<std::pair<subject, ledger::line_hash>>> latest;
    if (const auto* waiting = run_.snapshot ? nullptr : earlier(tenant))
      if (auto change = waiting_change_from(tenant, waiting->form)) {
        for (auto& [value, line] : change->put) latest[value.name] = std::pair(value, line);
        for (auto& name : change->removed) latest[name] = std::nullopt;
      }
    const auto take = [&](std::uint32_t record) {
      const auto one = run_.put[record];
      auto value = subject_of(one);
      // It may wait for days: its reading is of this run all the same.
      if (one.kind == subject_kind::meter) value.fields.try_emplace("at", field_value{to_rfc3339(run_.run.ended)});
      latest[name_of(one)] = std::pair(std::move(value), one.line);
    };
    for (const auto record : differences.added) take(record);
    for (const auto& change : differences.put) take(*change.record);
    for (const auto number : differences.removed) latest[tx_.name_of(number)] = std::nullopt;
    waiting_change waits;
    for (auto& [name, value] : latest) {
      if (value)
        waits.put.push_back(std::move(*value));
      else
        waits.removed.push_back(name);
    }
    const std::string reason = "would remove " + std::to_string(removed) + " of the " + std::to_string(before) +
                               " subjects it gave of " + tenant;
    made_.held.push_back({source_, tenant, 0, reason, to_form(waits)});
  }

  /// A complete snapshot that is not held replaces what an earlier one left waiting.
  void release() {
    if (!run_.snapshot) return;
    for (const auto& one : all_.held) {
      const bool again = std::any_of(made_.held.begin(), made_.held.end(),
                                     [&](const ledger::held_difference& now) { return now.tenant == one.tenant; });
      if (one.source == source_ && !again && faulty_.find(one.tenant) == faulty_.end())
        made_.released.insert(one.tenant);
    }
  }

  void report_unknown() {
    for (const auto& [tenant, count] : unknown_) {
      auto one = of_source(
          "unknown-tenant", source_, "",
          "source " + source_ + ", line " + std::to_string(first_line_[tenant]) + ": tenant " + tenant +
              " is not known; " +
              (count == 1 ? std::string("its record was") : "its " + std::to_string(count) + " records were") +
              " set aside",
          "add the tenant, or correct `tenant` of the source");
      one.subject = tenant;  // tells two unknown tenants of one source apart
      one.count = count;
      made_.findings.push_back(std::move(one));
    }
  }

  const desk& all_;
  ledger::transaction& tx_;
  ledger::delivery& run_;
  const std::string& source_;
  reconciled made_;
  std::map<std::string, difference, std::less<>> parts_;
  std::map<std::string, difference, std::less<>>::iterator last_ = parts_.end();  ///< that was asked for
  std::set<std::string, std::less<>> faulty_, new_tenants_;
  std::vector<ledger::subject_number> put_numbers_;
  std::map<std::string, std::int64_t, std::less<>> unknown_, first_line_;
  bool puts_any_ = false;
  std::int64_t removed_total_ = 0;
  std::optional<std::int64_t> given_total_;
};

}  // namespace

reconciled reconcile(const desk& all, ledger::transaction& tx, ledger::delivery& run) {
  return reconciliation(all, tx, run).make();
}

}  // namespace licaudit::audit
