// What people decided about bills: rows, how they are read, and the digest that stands for them under the hash.
#include "daemon/ledger/bill_rows.hpp"

#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/transaction.hpp"
#include "model/digest.hpp"
#include "model/json.hpp"

#include <algorithm>

namespace licaudit::ledger {

namespace {

std::vector<std::string> texts_of(std::string_view list) {
  std::vector<std::string> made;
  const auto parsed = parse_json(list);
  if (!parsed || !parsed->is_array()) throw storage_error("a bill: a list of tenants is none", false);
  for (const auto& one : parsed->as_array())
    if (one.is_string()) made.emplace_back(one.as_string());
  return made;
}

bill_ruling ruling_of(const rows& row) {
  return {row.integer(0), from_milliseconds(row.integer(1)), std::string(row.text(2))};
}

void read_acceptances(database& db, std::int64_t month, bill_papers& into) {
  auto found = db.query(
      "SELECT a.sequence, a.at, a.caller, t.id, a.licence, a.held_from, a.quantity FROM bill_acceptance a"
      " JOIN tenant t ON t.number = a.tenant WHERE a.month = ?1 ORDER BY a.sequence",
      month);
  while (found.next())
    into.accepted.push_back({std::string(found.text(3)), std::string(found.text(4)),
                             from_milliseconds(found.integer(5)), found.integer(6), ruling_of(found)});
}

void read_corrections(database& db, std::int64_t month, bill_papers& into) {
  auto found = db.query(
      "SELECT c.sequence, c.at, c.caller, t.id, c.licence, c.quantity, c.was, c.reason, c.above FROM bill_correction c"
      " JOIN tenant t ON t.number = c.tenant WHERE c.month = ?1 ORDER BY c.sequence",
      month);
  while (found.next()) {
    bill_correction one;
    one.tenant = found.text(3);
    one.licence = found.text(4);
    one.quantity = found.integer(5);
    if (const auto was = found.optional_integer(6)) one.was = amount{*was};
    one.reason = found.text(7);
    one.above = texts_of(found.text(8));
    one.by = ruling_of(found);
    into.corrected.push_back(std::move(one));
  }
}

void read_closed(database& db, std::int64_t month, const std::string* tenant, bill_papers& into) {
  auto found = db.query(
      "SELECT b.sequence, b.at, b.caller, t.id, b.witness, b.form FROM bill_closed b"
      " JOIN tenant t ON t.number = b.tenant WHERE b.month = ?1 AND (?2 IS NULL OR b.tenant ="
      " (SELECT number FROM tenant WHERE id = ?2)) ORDER BY t.id",
      month, tenant == nullptr ? std::optional<std::string>() : std::optional(*tenant));
  while (found.next())
    into.closed.push_back(
        {std::string(found.text(3)), ruling_of(found), std::string(found.text(4)), std::string(found.text(5))});
}

std::int64_t last_ruling(database& db, std::int64_t month) {
  auto found = db.query(
      "SELECT max(sequence) FROM (SELECT max(sequence) AS sequence FROM bill_closed WHERE month = ?1 UNION ALL"
      " SELECT max(sequence) FROM bill_acceptance WHERE month = ?1 UNION ALL"
      " SELECT max(sequence) FROM bill_correction WHERE month = ?1)",
      month);
  return found.next() ? found.optional_integer(0).value_or(0) : 0;
}

}  // namespace

std::string digest_of(std::int64_t month, const bill_papers& papers) {
  json::array all;
  const auto add = [&all, month](const bill_ruling& by, json::array row) {
    row.insert(row.begin(), {month, to_milliseconds(by.at), by.caller});
    all.push_back(std::move(row));
  };
  for (const auto& one : papers.closed) add(one.by, {one.tenant, one.witness, one.form});
  for (const auto& one : papers.accepted)
    add(one.by, {one.tenant, one.licence, to_milliseconds(one.from), one.quantity});
  for (const auto& one : papers.corrected) {
    const json::value was = one.was ? json::value(one.was->millionths) : json::value(nullptr);
    add(one.by, {one.tenant, one.licence, one.quantity, was, one.reason, text_array(one.above)});
  }
  return to_hex(sha256(canonical_json(all)));
}

bill_papers read_papers(database& db, std::int64_t month, const std::vector<std::string>& named) {
  bill_papers made;
  for (const auto& tenant : named) read_closed(db, month, &tenant, made);
  read_acceptances(db, month, made);
  read_corrections(db, month, made);
  made.last = last_ruling(db, month);
  return made;
}

bill_papers read_papers(database& db, std::int64_t month) {
  auto made = read_papers(db, month, {});
  read_closed(db, month, nullptr, made);
  return made;
}

bool is_closed(database& db, std::int64_t month, const std::string& tenant) {
  return db
      .query("SELECT 1 FROM bill_closed WHERE month = ?1 AND tenant = (SELECT number FROM tenant WHERE id = ?2)", month,
             tenant)
      .next();
}

std::vector<std::int64_t> months_with_papers(database& db) {
  std::vector<std::int64_t> made;
  auto found = db.query(
      "SELECT month FROM bill_closed UNION SELECT month FROM bill_acceptance UNION SELECT month FROM bill_correction");
  while (found.next()) made.push_back(found.integer(0));
  return made;
}

std::int64_t ledger::last_bill_ruling(std::int64_t month) {
  return last_ruling(*database_, month);
}

void transaction::put_closed_bill(std::int64_t month, const closed_bill& bill) {
  open().run("INSERT INTO bill_closed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", month, tenant_number(bill.tenant),
             bill.by.sequence, to_milliseconds(bill.by.at), bill.by.caller, bill.witness, bill.form);
}

void transaction::put_bill_acceptance(std::int64_t month, const bill_acceptance& accepted) {
  open().run("INSERT INTO bill_acceptance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", month, accepted.by.sequence,
             to_milliseconds(accepted.by.at), accepted.by.caller, tenant_number(accepted.tenant), accepted.licence,
             to_milliseconds(accepted.from), accepted.quantity);
}

void transaction::put_bill_correction(std::int64_t month, const bill_correction& corrected) {
  std::optional<std::int64_t> was;
  if (corrected.was) was = corrected.was->millionths;
  open().run("INSERT INTO bill_correction VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", month,
             corrected.by.sequence, to_milliseconds(corrected.by.at), corrected.by.caller,
             tenant_number(corrected.tenant), corrected.licence, corrected.quantity, was, corrected.reason,
             canonical_json(text_array(corrected.above)));
}

}  // namespace licaudit::ledger
