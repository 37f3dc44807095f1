// Subjects, their versions, and what sources give of them.
#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/field_text.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/transaction.hpp"
#include "daemon/ledger/transaction_statements.hpp"

#include <openssl/rand.h>

#include <cstring>

namespace licaudit::ledger {

namespace {

constexpr std::size_t key_bytes = 16, salt_bytes = 16;
constexpr std::size_t random_at_once = 4096;

void fill_with_random(std::string& bytes) {
  bytes.resize(random_at_once);
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
    throw storage_error("no random bytes to be had", false);
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 0x0FU];
  }
  return out;
}

}  // namespace

subject_form form_of(const subject& value) {
  return {value.quantity, text_of(value.fields)};
}

digest version_of(const subject_identity& who, const std::optional<subject_form>& form) {
  return version_digest(who.salt, who.name.tenant, static_cast<std::int64_t>(who.name.kind), who.name.id,
                        form ? form->quantity : 0, form ? form->fields : std::string());
}

transaction::statements::statements(database& db)
    : find(db.statement("SELECT number FROM subject WHERE tenant = ?1 AND kind = ?2 AND id = ?3")),
      add(db.statement("INSERT INTO subject (tenant, kind, id, key, salt) VALUES (?1, ?2, ?3, ?4, ?5)")),
      identity(
          db.statement("SELECT t.id, s.kind, s.id, s.key, s.salt FROM subject s JOIN tenant t ON t.number = s.tenant"
                       " WHERE s.number = ?1")),
      current(db.statement(
          "SELECT quantity, fields FROM subject_version WHERE subject = ?1 ORDER BY sequence DESC LIMIT 1")),
      put_version(db.statement("INSERT OR REPLACE INTO subject_version VALUES (?1, ?2, ?3, ?4)")),
      put_given(db.statement("INSERT OR REPLACE INTO given VALUES (?1, ?2, ?3, ?4, ?5)")),
      drop_given(db.statement("DELETE FROM given WHERE subject = ?1 AND source = ?2")),
      is_given(db.statement("SELECT 1 FROM given WHERE subject = ?1 AND source = ?2")),
      givers(
          db.statement("SELECT s.name, g.line, g.quantity, g.fields FROM given g JOIN source s ON s.number = g.source"
                       " WHERE g.subject = ?1")) {}

transaction::statements& transaction::prepared() {
  auto& db = open();
  if (!prepared_) prepared_ = std::make_unique<statements>(db);
  return *prepared_;
}

bool transaction::has_subjects(const std::string& tenant) {
  const auto [known, added] = has_subjects_.try_emplace(tenant, false);
  if (added) {
    auto rows =
        open().query("SELECT 1 FROM subject WHERE tenant = (SELECT number FROM tenant WHERE id = ?1) LIMIT 1", tenant);
    known->second = rows.next();
  }
  return known->second;
}

std::optional<subject_number> transaction::find_subject(const subject_name& name) {
  if (!has_subjects(name.tenant)) return std::nullopt;
  auto& find = prepared().find;
  const bool found = open().again(find, tenant_number(name.tenant), static_cast<std::int64_t>(name.kind), name.id);
  const auto number = found ? std::optional(find.integer(0)) : std::nullopt;
  find.rewind();
  return number;
}

subject_identity transaction::add_subject(const subject_name& name) {
  if (random_.size() < key_bytes + salt_bytes) fill_with_random(random_);
  const std::string key = random_.substr(random_.size() - key_bytes);
  random_.resize(random_.size() - key_bytes);
  std::string salt = random_.substr(random_.size() - salt_bytes);
  random_.resize(random_.size() - salt_bytes);
  auto& db = open();
  db.again(prepared().add, tenant_number(name.tenant), static_cast<std::int64_t>(name.kind), name.id, blob{key},
           blob{salt});
  has_subjects_[name.tenant] = true;
  return {db.last_row(), name, in_hex(key), std::move(salt)};
}

subject_number transaction::find_or_add_subject(const subject_name& name) {
  const auto known = find_subject(name);
  return known ? *known : add_subject(name).number;
}

subject_identity transaction::identity_of(subject_number number) {
  auto& row = prepared().identity;
  if (!open().again(row, number)) throw storage_error("subject " + std::to_string(number) + " has no name", false);
  subject_identity who{number,
                       {std::string(row.text(0)), static_cast<subject_kind>(row.integer(1)), std::string(row.text(2))},
                       in_hex(row.text(3)),
                       std::string(row.text(4))};
  row.rewind();
  return who;
}

std::optional<subject_form> transaction::current_form(subject_number number) {
  auto& row = prepared().current;
  std::optional<subject_form> form;
  if (open().again(row, number) && !row.is_null(1)) form = subject_form{row.integer(0), std::string(row.text(1))};
  row.rewind();
  return form;
}

std::optional<subject> transaction::current(subject_number number) {
  const auto form = current_form(number);
  if (!form) return std::nullopt;
  return subject_of(name_of(number), form->quantity, form->fields);
}

void transaction::put_version(std::int64_t sequence, subject_number number, const std::optional<subject_form>& form) {
  open().again(prepared().put_version, number, sequence, form ? form->quantity : 0,
               form ? std::optional(form->fields) : std::nullopt);
}

void transaction::put_given(const std::string& source, subject_number number, const line_hash& line,
                            const subject_form& form, bool alone) {
  const std::string_view bytes(reinterpret_cast<const char*>(line.data()), line.size());
  open().again(prepared().put_given, number, source_number(source), blob{bytes}, form.quantity,
               alone ? std::nullopt : std::optional(form.fields));
}

void transaction::drop_given(const std::string& source, subject_number number) {
  open().again(prepared().drop_given, number, source_number(source));
}

bool transaction::is_given(const std::string& source, subject_number number) {
  auto& row = prepared().is_given;
  const bool given = open().again(row, number, source_number(source));
  row.rewind();
  return given;
}

std::vector<given_form> transaction::givers_of(subject_number number) {
  std::vector<given_form> all;
  auto& row = prepared().givers;
  for (bool more = open().again(row, number); more; more = row.next()) {
    given_form one;
    one.source = row.text(0);
    const auto line = row.text(1);
    std::memcpy(one.line.data(), line.data(), std::min(line.size(), one.line.size()));
    one.form.quantity = row.integer(2);
    one.form.fields = row.is_null(3) ? current_form(number).value_or(subject_form{}).fields : std::string(row.text(3));
    all.push_back(std::move(one));
  }
  row.rewind();
  return all;
}

void transaction::count_given(const std::string& source, const std::string& tenant, std::int64_t more) {
  if (more == 0) return;
  const auto of = source_number(source), whose = tenant_number(tenant);
  open().run("INSERT INTO given_count VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET subjects = subjects + ?3", of,
             whose, more);
  open().run("DELETE FROM given_count WHERE source = ?1 AND tenant = ?2 AND subjects = 0", of, whose);
}

std::int64_t transaction::given_count(const std::string& source, const std::string& tenant) {
  auto rows = open().query("SELECT subjects FROM given_count WHERE source = ?1 AND tenant = ?2", source_number(source),
                           tenant_number(tenant));
  return rows.next() ? rows.integer(0) : 0;
}

std::int64_t transaction::given_count(const std::string& source) {
  auto rows =
      open().query("SELECT coalesce(sum(subjects), 0) FROM given_count WHERE source = ?1", source_number(source));
  return rows.next() ? rows.integer(0) : 0;
}

void transaction::put_head_count(const std::string& tenant, std::int64_t users, std::int64_t numbers) {
  open().run("INSERT OR REPLACE INTO head_count VALUES (?1, ?2, ?3)", tenant_number(tenant), users, numbers);
}

}  // namespace licaudit::ledger
