// Subjects, their versions, and what sources give of them.
#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/field_text.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/transaction.hpp"
#include "daemon/ledger/transaction_statements.hpp"
#include "daemon/ledger/version_place.hpp"

#include <openssl/rand.h>

#include <cstring>

namespace licaudit::ledger {

namespace {

constexpr std::size_t key_bytes = 16, salt_bytes = 16;
constexpr std::size_t random_at_once = 4096;

std::string_view bytes_of_line(const line_hash& line) {
  return {reinterpret_cast<const char*>(line.data()), line.size()};
}

std::int64_t place_of(subject_number number, std::int64_t sequence) {
  if (number > last_subject || sequence > last_sequence)
    throw storage_error("subject " + std::to_string(number) + ", entry " + std::to_string(sequence) +
                            ": the ledger has no room for such a number",
                        false);
  return version_place(number, sequence);
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
      secrets(db.statement("SELECT key, salt FROM subject WHERE number = ?1")),
      current(db.statement(
          "SELECT quantity, fields FROM subject_version WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC LIMIT 1")),
      put_version(db.statement("INSERT OR REPLACE INTO subject_version VALUES (?1, ?2, ?3)")),
      put_given(db.statement("INSERT OR REPLACE INTO given VALUES (?1, ?2, ?3, ?4, ?5)")),
      drop_given(db.statement("DELETE FROM given WHERE subject = ?1 AND source = ?2")),
      is_given(db.statement("SELECT 1 FROM given WHERE subject = ?1 AND source = ?2")),
      givers(db.statement("SELECT source, line, quantity, fields FROM given WHERE subject = ?1")),
      count_given(db.statement(
          "INSERT INTO given_count VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET subjects = subjects + ?3")),
      given_count(db.statement("SELECT subjects FROM given_count WHERE source = ?1 AND tenant = ?2")),
      put_heads(db.statement("INSERT OR REPLACE INTO head_count VALUES (?1, ?2, ?3)")) {}

transaction::statements& transaction::prepared() {
  auto& db = open();
  if (!prepared_) prepared_ = std::make_unique<statements>(db);
  return *prepared_;
}

transaction::tenant_memory& transaction::memory_of(std::string_view tenant) {
  if (last_memory_ != memory_.end() && last_memory_->first == tenant) return last_memory_->second;
  last_memory_ = memory_.find(tenant);
  if (last_memory_ == memory_.end()) {
    tenant_memory known;
    if (const auto committed = book_->tenant_numbers_.find(tenant); committed != book_->tenant_numbers_.end())
      known.number = committed->second;
    else if (auto rows = open().query("SELECT number FROM tenant WHERE id = ?1", tenant); rows.next())
      known.number = rows.integer(0);
    last_memory_ = memory_.emplace(tenant, known).first;
  }
  return last_memory_->second;
}

std::optional<subject_number> transaction::find_subject(std::string_view tenant, subject_kind kind,
                                                        std::string_view id) {
  auto& known = memory_of(tenant);
  if (known.number == 0 || (known.was_missed && !known.has_subjects)) return std::nullopt;
  auto& find = prepared().find;
  const bool found = open().again(find, known.number, static_cast<std::int64_t>(kind), id);
  const auto number = found ? std::optional(find.integer(0)) : std::nullopt;
  find.rewind();
  if (!found && !known.was_missed) {
    // One of many that a first synchronisation brings, perhaps.
    auto any = open().query("SELECT 1 FROM subject WHERE tenant = ?1 LIMIT 1", known.number);
    known.was_missed = true;
    known.has_subjects = any.next();
  }
  return number;
}

transaction::secrets transaction::new_secrets() {
  if (used_ + key_bytes + salt_bytes > random_.size()) {
    random_.resize(random_at_once);
    used_ = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(random_.data()), static_cast<int>(random_.size())) != 1)
      throw storage_error("no random bytes to be had", false);
  }
  const auto bytes = std::string_view(random_).substr(used_, key_bytes + salt_bytes);
  used_ += bytes.size();
  return {bytes.substr(0, key_bytes), bytes.substr(key_bytes)};
}

subject_number transaction::add_subject(std::string_view tenant, subject_kind kind, std::string_view id,
                                        const secrets& own) {
  auto& known = memory_of(tenant);
  if (known.number == 0) known.number = tenant_number(std::string(tenant));
  auto& db = open();
  db.again(prepared().add, known.number, static_cast<std::int64_t>(kind), id, blob{own.key}, blob{own.salt});
  known.has_subjects = true;
  return db.last_row();
}

subject_number transaction::find_or_add_subject(const subject_name& name) {
  const auto known = find_subject(name);
  return known ? *known : add_subject(name.tenant, name.kind, name.id, new_secrets());
}

subject_number transaction::add_given(std::int64_t sequence, const std::string& source, const packed_subject& one,
                                      versions_digest& versions) {
  const auto own = new_secrets();
  const auto number = add_subject(one.tenant, one.kind, one.id, own);
  versions.add(in_hex(own.key), version_digest(own.salt, one.tenant, static_cast<std::int64_t>(one.kind), one.id,
                                               one.quantity, one.fields));
  auto& db = open();
  db.again(prepared().put_version, place_of(number, sequence), one.quantity, one.fields);
  db.again(prepared().put_given, number, source_number(source), blob{bytes_of_line(one.line)}, one.quantity,
           std::optional<std::int64_t>());
  return number;
}

subject_identity transaction::identity_of(subject_number number, subject_name name) {
  auto& row = prepared().secrets;
  if (!open().again(row, number)) throw storage_error("subject " + std::to_string(number) + " has no name", false);
  subject_identity who{number, std::move(name), in_hex(row.text(0)), std::string(row.text(1))};
  row.rewind();
  return who;
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
  const auto first = place_of(number, 0), last = place_of(number, last_sequence);
  if (open().again(row, first, last) && !row.is_null(1)) form = subject_form{row.integer(0), std::string(row.text(1))};
  row.rewind();
  return form;
}

std::optional<subject> transaction::current(subject_number number) {
  const auto form = current_form(number);
  if (!form) return std::nullopt;
  return subject_of(name_of(number), form->quantity, form->fields);
}

void transaction::put_version(std::int64_t sequence, subject_number number, const std::optional<subject_form>& form) {
  open().again(prepared().put_version, place_of(number, sequence), form ? form->quantity : 0,
               form ? std::optional(form->fields) : std::nullopt);
}

void transaction::put_given(const std::string& source, subject_number number, const line_hash& line,
                            const subject_form& form, bool alone) {
  open().again(prepared().put_given, number, source_number(source), blob{bytes_of_line(line)}, form.quantity,
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
    one.source = source_name(row.integer(0));
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
  open().again(prepared().count_given, of, whose, more);
  if (more < 0) open().run("DELETE FROM given_count WHERE source = ?1 AND tenant = ?2 AND subjects = 0", of, whose);
}

std::int64_t transaction::given_count(const std::string& source, const std::string& tenant) {
  auto& row = prepared().given_count;
  const auto count = open().again(row, source_number(source), tenant_number(tenant)) ? row.integer(0) : 0;
  row.rewind();
  return count;
}

std::int64_t transaction::given_count(const std::string& source) {
  auto rows =
      open().query("SELECT coalesce(sum(subjects), 0) FROM given_count WHERE source = ?1", source_number(source));
  return rows.next() ? rows.integer(0) : 0;
}

void transaction::put_head_count(const std::string& tenant, std::int64_t users, std::int64_t numbers) {
  open().again(prepared().put_heads, tenant_number(tenant), users, numbers);
}

}  // namespace licaudit::ledger
