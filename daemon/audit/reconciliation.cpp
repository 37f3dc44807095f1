#include "daemon/audit/reconciliation.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

finding finding_of(const std::string& kind, const std::string& source, const std::string& tenant, std::string text,
                   std::string action) {
  finding one;
  one.kind = kind;
  one.source = source;
  one.tenant = tenant;
  one.text = std::move(text);
  one.action = std::move(action);
  return one;
}

class reconciliation {
 public:
  reconciliation(const desk& all, ledger::transaction& tx, const ledger::delivery& run)
      : all_(all), tx_(tx), run_(run), source_(run.run.source) {}

  reconciled make() {
    made_.change.source = source_;
    made_.change.stream_sha256 = run_.run.stream_sha256;
    note_faulty();
    take_tenants();
    group_subjects();
    count_given();
    if (run_.snapshot)
      take_missing();
    else
      take_removed();
    for (auto& [tenant, differences] : parts_) settle(tenant, differences);
    release();
    report_unknown();
    return std::move(made_);
  }

 private:
  /// The differences of one tenant.
  struct difference {
    std::vector<given_change> put;
    std::vector<given_change> removed;
  };

  void set_aside(const std::string& tenant, std::int64_t line, const std::string& what,
                 const std::string& subject = {}) {
    faulty_.insert(tenant);
    const std::string where = line > 0 ? "line " + std::to_string(line) + ": " : std::string();
    made_.findings.push_back(finding_of(
        "set-aside", source_, tenant,
        "source " + source_ + ", " + where + what +
            (tenant.empty() ? std::string() : "; what it gave of " + tenant + " was set aside, the last good stays"),
        "correct it where it comes from, then: licaudit refresh " + source_));
    made_.findings.back().subject = subject;
  }

  void note_faulty() {
    for (const auto& one : run_.faulty)
      if (faulty_.find(one.tenant) == faulty_.end()) set_aside(one.tenant, one.line_number, one.what, one.subject);
  }

  void take_tenants() {
    std::map<std::string, const tenant*, std::less<>> records;
    for (const auto& record : run_.tenants) records[record.id] = &record;
    for (const auto& [id, record] : records) {
      if (faulty_.find(id) != faulty_.end()) continue;
      const auto* known = all_.tenants.find(id);
      if (known != nullptr && known->origin != source_ && !known->gone) {
        made_.findings.push_back(finding_of("second-claim", source_, id,
                                            "source " + source_ + " gives tenant " + id + ", which comes from " +
                                                known->origin + "; its record was set aside",
                                            "remove it from one of the two"));
        continue;
      }
      if (const auto objection = all_.tenants.objection(*record, records); !objection.empty()) {
        set_aside(id, 0, "tenant " + id + ": " + objection);
        continue;
      }
      new_tenants_.insert(id);
      if (known == nullptr || known->gone || !(known->record == *record)) made_.change.tenants.push_back(*record);
    }
    for (const auto& [id, slot] : all_.tenants.all()) {
      const bool removed =
          std::find(run_.removed_tenants.begin(), run_.removed_tenants.end(), id) != run_.removed_tenants.end();
      const bool listed = records.find(id) != records.end();
      if (slot.origin == source_ && !slot.gone && (run_.snapshot ? !listed : removed)) made_.change.gone.push_back(id);
    }
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
    const std::set<ledger::subject_number> missing(run_.missing.begin(), run_.missing.end());
    for (const auto& one : run_.put) {
      const std::string& tenant = one.value.name.tenant;
      if (!is_usable(tenant)) {
        first_line_.try_emplace(tenant, one.line_number);
        continue;
      }
      const auto number = tx_.find_or_add_subject(one.value.name);
      put_numbers_.insert(number);
      // Given before and its old line seen in this very run: it stands in the snapshot twice, with different content.
      if (run_.snapshot && tx_.is_given(source_, number) && missing.find(number) == missing.end()) {
        set_aside(tenant, one.line_number,
                  std::string(to_text(one.value.name.kind)) + " " + one.value.name.id +
                      " stands in the run twice with different content",
                  one.value.name.id);
        continue;
      }
      parts_[tenant].put.push_back({number, one.value, one.line});
    }
  }

  void count_given() {
    const auto known = all_.health.all().find(source_);
    if (known == all_.health.all().end()) return;
    for (const auto& tenant : known->second.tenants)
      if (all_.tenants.find(tenant) != nullptr) {
        const auto count = static_cast<std::int64_t>(tx_.given_numbers(source_, tenant).size());
        given_[tenant] = count;
        given_total_ += count;
      }
  }

  void take_missing() {
    for (const auto number : run_.missing) {
      if (put_numbers_.find(number) != put_numbers_.end()) continue;
      const auto name = tx_.name_of(number);
      if (faulty_.find(name.tenant) == faulty_.end()) parts_[name.tenant].removed.push_back({number, std::nullopt, {}});
    }
  }

  void take_removed() {
    for (const auto& name : run_.removed) {
      if (!is_usable(name.tenant)) continue;
      const auto number = tx_.find_subject(name);
      if (number && tx_.is_given(source_, *number)) parts_[name.tenant].removed.push_back({*number, std::nullopt, {}});
    }
  }

  void settle(const std::string& tenant, difference& differences) {
    if (faulty_.find(tenant) != faulty_.end()) return;
    const std::int64_t before = given_[tenant];
    const auto removed = static_cast<std::int64_t>(differences.removed.size());
    if (!differences.put.empty() || removed < before) made_.fed.insert(tenant);
    if (before == 0) made_.first_fed.insert(tenant);
    const bool empties_all = removed == before && removed_total() == given_total_ && put_numbers_.empty();
    const auto waiting = earlier(tenant);
    const bool shrinks = guard{all_.how.shrink_percent, all_.how.least}.trips(removed, before);
    if (removed > 0 && (shrinks || empties_all)) return hold(tenant, differences, removed, before);
    // What comes after a held difference in a delta waits with it: it builds on it.
    if (!run_.snapshot && waiting) return hold(tenant, differences, removed, before);
    for (auto& change : differences.put) made_.change.subjects.push_back(std::move(change));
    for (auto& change : differences.removed) made_.change.subjects.push_back(std::move(change));
  }

  [[nodiscard]] std::int64_t removed_total() const {
    std::int64_t sum = 0;
    for (const auto& [tenant, differences] : parts_) sum += static_cast<std::int64_t>(differences.removed.size());
    return sum;
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
    for (const auto& change : differences.put) latest[change.value->name] = std::pair(*change.value, change.line);
    for (const auto& change : differences.removed) latest[tx_.name_of(change.number)] = std::nullopt;
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
      auto one = finding_of(
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
  const ledger::delivery& run_;
  const std::string& source_;
  reconciled made_;
  std::map<std::string, difference, std::less<>> parts_;
  std::set<std::string, std::less<>> faulty_, new_tenants_;
  std::set<ledger::subject_number> put_numbers_;
  std::map<std::string, std::int64_t, std::less<>> given_, unknown_, first_line_;
  std::int64_t given_total_ = 0;
};

}  // namespace

reconciled reconcile(const desk& all, ledger::transaction& tx, const ledger::delivery& run) {
  return reconciliation(all, tx, run).make();
}

}  // namespace licaudit::audit
