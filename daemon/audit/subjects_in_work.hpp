#pragma once

#include "daemon/audit/desk.hpp"
#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/field_text.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audit {

/// Puts what one source says of subjects in force, one by one: what it gives, what follows for the version, the engine.
class subjects_in_work {
 public:
  subjects_in_work(desk& all, ledger::transaction& tx, const inventory_change& change, std::int64_t sequence,
                   instant at);

  void add(std::uint32_t record);
  void put(const given_change& change);

  [[nodiscard]] json::object digest() { return versions_.form(); }
  /// What moved, by tenant; counted in the ledger.
  [[nodiscard]] std::vector<subject_movement> finish();

 private:
  struct tenant_work {
    subject_movement moved;
    bool has_moved = false;
    std::int64_t given = 0;  ///< how many more
  };

  /// Most changes come tenant by tenant.
  tenant_work& work_of(std::string_view tenant);
  /// The meter says what is known of it now, which lies in `room`. False: nothing new.
  [[nodiscard]] bool take_reading(ledger::packed_subject& one, const std::string* before, std::string& room);
  void put_known(ledger::subject_number number, ledger::packed_subject one);
  void drop(ledger::subject_number number);
  [[nodiscard]] std::vector<ledger::given_form>::iterator own_of(std::vector<ledger::given_form>& given) const;
  /// A new version.
  void enter(const ledger::subject_identity& who, bool before, const std::optional<ledger::subject_form>& form);
  void put_into_engine(ledger::subject_number number, const subject_view& value);
  static void note(tenant_work& work, subject_kind kind, bool before, bool after);
  [[nodiscard]] ledger::subject_form merge(const subject_name& name, std::vector<ledger::given_form> given) const;

  desk& all_;
  ledger::transaction& tx_;
  const ledger::packed_subjects& records_;
  const std::string& source_;
  std::int64_t sequence_;
  instant at_, dated_;
  ledger::versions_digest versions_;
  std::map<std::string, tenant_work, std::less<>> work_;
  std::map<std::string, tenant_work, std::less<>>::iterator last_ = work_.end();
  ledger::stored_fields fields_;
};

}  // namespace licaudit::audit
