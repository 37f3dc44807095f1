#include "daemon/ledger/transaction.hpp"

#include "daemon/ledger/calculation_form.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/failpoint.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/transaction_statements.hpp"

#include <algorithm>
#include <cstring>

namespace licaudit::ledger {

transaction::transaction(ledger& book) : book_(&book), head_(book.head_) {
  book.bound_wal();
  book.database_->script("BEGIN IMMEDIATE");
}

transaction::~transaction() {
  prepared_.reset();
  if (!open_) return;
  try {
    book_->database_->script("ROLLBACK");
  } catch (const storage_error&) {
    // SQLite has rolled back by itself, as it does when the disk is full.
  }
}

database& transaction::open() const {
  // What came after a rollback that SQLite made by itself would be committed row by row.
  if (!open_ || !book_->database_->in_transaction())
    throw storage_error("the ledger: the transaction is over: nothing of it was kept", false);
  return *book_->database_;
}

void transaction::write_ahead() {
  open().write_ahead();
}

void transaction::commit() {
  prepared_.reset();
  pass_failpoint("before-commit");
  open().script("COMMIT");
  pass_failpoint("after-commit");
  open_ = false;
  book_->release_memory();
  book_->head_ = head_;
  book_->tenant_numbers_.insert(tenants_.begin(), tenants_.end());
}

std::int64_t transaction::enter(std::string_view kind, instant at, const json::object& form) {
  const std::string text = canonical_json(form);
  const digest payload = sha256(text);
  const std::int64_t sequence = head_.sequence + 1;
  const digest hash = entry_hash(sequence, kind, to_milliseconds(at), payload, head_.hash);
  auto& db = open();
  db.run("INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6)", sequence, kind, to_milliseconds(at),
         blob{bytes_of(payload)}, blob{bytes_of(head_.hash)}, blob{bytes_of(hash)});
  db.run("INSERT INTO payload VALUES (?1, ?2)", sequence, text);
  head_ = {sequence, hash};
  return sequence;
}

std::int64_t transaction::add_operation(const operation& what) {
  json::object form;
  form["type"] = what.type;
  form["caller"] = what.caller;
  if (!what.tenant.empty()) form["tenant"] = what.tenant;
  form["text"] = what.text;
  form["detail"] = what.detail;
  const auto sequence = enter("operation", what.at, form);
  open().run("INSERT INTO operation VALUES (?1, ?2, ?3, ?4, ?5)", sequence, to_milliseconds(what.at), what.type,
             what.caller, what.tenant);
  return sequence;
}

void transaction::keep_rules(const rule_revision& revision) {
  open().run("INSERT OR IGNORE INTO rule_text VALUES (?1, ?2)", revision.name, revision.text);
}

void transaction::put_rules_in_force(std::int64_t sequence, instant at, const std::string& name) {
  open().run("INSERT INTO rule_effect VALUES (?1, ?2, ?3)", sequence, to_milliseconds(at), name);
}

void transaction::put_tenant(std::int64_t sequence, const std::string& id, const std::string& origin,
                             const std::optional<tenant>& record) {
  std::optional<std::string> form;
  if (record) form = canonical_json(to_json(*record));
  open().run("INSERT OR REPLACE INTO tenant_version VALUES (?1, ?2, ?3, ?4)", tenant_number(id), sequence, origin,
             form);
}

void transaction::put_decision(std::int64_t sequence, const stored_decision& decision) {
  open().run("INSERT OR REPLACE INTO decision VALUES (?1, ?2, ?3, ?4)", tenant_number(decision.tenant), decision.item,
             sequence, decision.value);
}

void transaction::put_pending(std::int64_t sequence, const stored_decision& pending) {
  open().run("INSERT OR REPLACE INTO pending_switch VALUES (?1, ?2, ?3, ?4)", tenant_number(pending.tenant),
             pending.item, pending.value, sequence);
}

void transaction::drop_pending(const std::string& tenant, const std::string& item) {
  open().run("DELETE FROM pending_switch WHERE tenant = ?1 AND item = ?2", tenant_number(tenant), item);
}

void transaction::put_cart(const stored_cart& cart) {
  json::object lines;
  for (const auto& [licence, change] : cart.lines) lines[licence] = change;
  open().run("INSERT OR REPLACE INTO cart VALUES (?1, ?2, ?3, ?4, ?5)", tenant_number(cart.tenant), cart.caller,
             cart.version, cart.basis, canonical_json(lines));
}

void transaction::put_planned_move(const stored_move& move) {
  open().run("INSERT OR REPLACE INTO planned_move VALUES (?1, ?2, ?3, ?4, ?5, ?6)", tenant_number(move.tenant), move.to,
             to_milliseconds(move.effective), move.operation, move.caller, move.refused);
}

void transaction::drop_planned_move(const std::string& tenant) {
  open().run("DELETE FROM planned_move WHERE tenant = ?1", tenant_number(tenant));
}

std::vector<subject_number> transaction::given_numbers(const std::string& source, const std::string& tenant) {
  std::vector<subject_number> all;
  auto rows = open().query(
      // CROSS: by the tenant's subjects; the other way round every tenant would read all that the source gave.
      "SELECT g.subject FROM subject s CROSS JOIN given g ON g.subject = s.number"
      " WHERE s.tenant = (SELECT number FROM tenant WHERE id = ?2)"
      " AND g.source = (SELECT number FROM source WHERE name = ?1)",
      source, tenant);
  while (rows.next()) all.push_back(rows.integer(0));
  return all;
}

void transaction::set_cursor(const std::string& source, const std::string& cursor) {
  open().run("UPDATE source SET cursor = ?2 WHERE number = ?1", source_number(source), cursor);
}

std::int64_t transaction::add_run(const source_run& run) {
  open().run("INSERT INTO run (source, ended, state, form) VALUES (?1, ?2, ?3, ?4)", source_number(run.source),
             to_milliseconds(run.ended), to_text(run.state), canonical_json(to_json(run)));
  return open().last_row();
}

void transaction::put_held(const held_difference& difference) {
  open().run("INSERT OR REPLACE INTO held VALUES (?1, ?2, ?3, ?4, ?5)", source_number(difference.source),
             tenant_number(difference.tenant), difference.run, difference.reason, difference.form);
}

void transaction::drop_held(const std::string& source, const std::string& tenant) {
  open().run("DELETE FROM held WHERE source = ?1 AND tenant = ?2", source_number(source), tenant_number(tenant));
}

std::int64_t transaction::add_calculation(instant at, calculation_facts facts) {
  std::sort(facts.moved.begin(), facts.moved.end(),
            [](const subject_movement& a, const subject_movement& b) { return a.tenant < b.tenant; });
  const auto sequence = enter("calculation", at, calculation_form(facts));
  std::optional<std::string> scope;
  if (facts.scope) scope = canonical_json(text_array(*facts.scope));
  auto& db = open();
  db.run("INSERT INTO calculation VALUES (?1, ?2, ?3, ?4, ?5)", sequence, to_milliseconds(at), month_of(at), scope,
         canonical_json(to_json(facts.cause)));
  auto insert = db.statement("INSERT INTO movement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  for (const auto& one : facts.moved)
    db.again(insert, sequence, tenant_number(one.tenant), one.users_added, one.users_removed, one.users_changed,
             one.numbers_added, one.numbers_removed, one.numbers_changed);
  return sequence;
}

bool transaction::begins_month(instant at) {
  auto rows = open().query("SELECT month FROM calculation ORDER BY sequence DESC LIMIT 1");
  return !rows.next() || rows.integer(0) != month_of(at);
}

numbered_row transaction::number(const std::string& tenant, const tally_row_view& row, std::int64_t since) {
  return {tenant_number(tenant), item_number(row.licence, row.factor), row.n1, row.n2, row.flags, since};
}

namespace {

/// In the order of the table, and of those for one place the last that was given.
void put_in_order(std::vector<numbered_row>& all) {
  const auto place = [](const numbered_row& row) { return std::pair(row.tenant, row.item); };
  const auto is_before = [&](const numbered_row& a, const numbered_row& b) { return place(a) < place(b); };
  // Mostly they come so, and sorting would take half of their memory once more.
  if (!std::is_sorted(all.begin(), all.end(), is_before)) std::stable_sort(all.begin(), all.end(), is_before);
  const auto same = [&](const numbered_row& a, const numbered_row& b) { return place(a) == place(b); };
  const auto first = std::unique(all.rbegin(), all.rend(), same).base();
  all.erase(all.begin(), first);
}

std::optional<std::int64_t> value_of(const numbered_row& row, int column) {
  switch (column) {
    case 1:
      return row.tenant;
    case 2:
      return row.item;
    case 3:
      return row.n1;
    case 4:
      return row.n2;
    case 5:
      return row.flags;
    default:
      return row.since;
  }
}

}  // namespace

void transaction::put_tallies(std::int64_t sequence, instant at, std::vector<numbered_row> all) {
  put_in_order(all);
  const auto value = [&all](std::size_t row, int column) { return value_of(all[row], column); };
  // FAIL: what was inserted before a row that cannot be is left to the transaction. To take the statement back alone,
  // SQLite would keep each page as it was.
  open().run_over({all.size(), value},
                  "INSERT OR FAIL INTO tally SELECT ?1, c1, c2, ?2, c3, c4, c5, c6 FROM given_rows", month_of(at),
                  sequence);
}

void transaction::put_sound(const sound_value& value) {
  open().run("INSERT OR REPLACE INTO sound VALUES (?1, ?2, ?3, ?4, ?5)", tenant_number(value.tenant),
             item_number(value.licence, ""), value.licensed, value.source, value.run);
}

void transaction::drop_sound(const std::string& tenant, const std::string& licence) {
  open().run("DELETE FROM sound WHERE tenant = ?1 AND item = ?2", tenant_number(tenant), item_number(licence, ""));
}

void transaction::put_findings(const std::map<std::string, std::shared_ptr<const finding>>& changes) {
  if (changes.empty()) return;
  auto& db = open();
  auto drop = db.statement("DELETE FROM finding WHERE id = ?1");
  auto put = db.statement("INSERT OR REPLACE INTO finding VALUES (?1, ?2, ?3)");
  auto withdraw = db.statement("DELETE FROM acknowledgement WHERE finding = ?1");
  auto acknowledge = db.statement("INSERT OR REPLACE INTO acknowledgement VALUES (?1, ?2, ?3, ?4)");
  for (const auto& [id, one] : changes) {
    if (one) {
      auto form = to_json(*one);
      form.erase("acknowledged");
      db.again(put, id, to_milliseconds(one->since), canonical_json(form));
    } else {
      db.again(drop, id);
    }
    if (one && one->acknowledged) {
      const auto& seen = *one->acknowledged;
      db.again(acknowledge, id, to_milliseconds(seen.until), seen.by, seen.reason);
    } else {
      db.again(withdraw, id);
    }
  }
}

std::int64_t transaction::tenant_number(const std::string& id) {
  if (last_tenant_ == nullptr || last_tenant_->first != id) last_tenant_ = &numbered_tenant(id);
  return last_tenant_->second;
}

const std::pair<const std::string, std::int64_t>& transaction::numbered_tenant(const std::string& id) {
  const auto& committed = book_->tenant_numbers_;
  if (const auto known = committed.find(id); known != committed.end()) return *known;
  if (const auto known = tenants_.find(id); known != tenants_.end()) return *known;
  auto& db = open();
  db.run("INSERT OR IGNORE INTO tenant (id) VALUES (?1)", id);
  auto rows = db.query("SELECT number FROM tenant WHERE id = ?1", id);
  if (!rows.next()) throw storage_error("tenant " + id + " has no number", false);
  return *tenants_.emplace(id, rows.integer(0)).first;
}

std::int64_t transaction::item_number(interned_text licence, interned_text factor) {
  if (const auto known = items_.find(std::pair(licence, factor)); known != items_.end()) return known->second;
  auto& db = open();
  db.run("INSERT OR IGNORE INTO item (licence, factor) VALUES (?1, ?2)", licence.text(), factor.text());
  auto rows = db.query("SELECT number FROM item WHERE licence = ?1 AND factor = ?2", licence.text(), factor.text());
  if (!rows.next()) throw storage_error("item " + licence + "/" + factor + " has no number", false);
  return items_.emplace(std::pair(licence, factor), rows.integer(0)).first->second;
}

std::int64_t transaction::source_number(const std::string& name) {
  if (const auto known = sources_.find(name); known != sources_.end()) return known->second;
  auto& db = open();
  db.run("INSERT OR IGNORE INTO source (name, cursor) VALUES (?1, '')", name);
  auto rows = db.query("SELECT number FROM source WHERE name = ?1", name);
  if (!rows.next()) throw storage_error("source " + name + " has no number", false);
  return sources_[name] = rows.integer(0);
}

const std::string& transaction::source_name(std::int64_t number) {
  for (const auto& [name, known] : sources_)
    if (known == number) return name;
  auto rows = open().query("SELECT name FROM source WHERE number = ?1", number);
  if (!rows.next()) throw storage_error("source " + std::to_string(number) + " has no name", false);
  return sources_.emplace(rows.text(0), number).first->first;
}

}  // namespace licaudit::ledger
