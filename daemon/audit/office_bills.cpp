// What people decide about bills. What a bill says is made elsewhere: here it is entered, once.
#include "daemon/audit/desk.hpp"
#include "daemon/ledger/bill_rows.hpp"

namespace licaudit::audit {

result<done> office::decide_bill(bill_decision what, const std::string& caller) {
  if (desk_->book.last_bill_ruling(what.month) != what.rests_on)
    return failure{errc::conflict,
                   "somebody else has decided about bills of this month meanwhile; look at them and decide again"};
  return desk_->in_transaction([&](ledger::transaction& tx) -> result<done> {
    operation entered;
    entered.at = desk_->next_instant();
    entered.type = what.type;
    entered.caller = caller;
    entered.tenant = what.tenant;
    entered.text = what.text;
    entered.detail = what.detail;
    bill_ruling by{tx.next_sequence(), entered.at, caller};
    for (auto& one : what.papers.closed) one.by = by;
    for (auto& one : what.papers.accepted) one.by = by;
    for (auto& one : what.papers.corrected) one.by = by;
    entered.detail["bill_rows"] = ledger::digest_of(what.month, what.papers);
    done made;
    made.operation = tx.add_operation(entered);
    for (const auto& one : what.papers.closed) tx.put_closed_bill(what.month, one);
    for (const auto& one : what.papers.accepted) tx.put_bill_acceptance(what.month, one);
    for (const auto& one : what.papers.corrected) tx.put_bill_correction(what.month, one);
    return made;
  });
}

}  // namespace licaudit::audit
