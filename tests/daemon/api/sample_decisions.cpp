// What the sample house does when it is told to: it notes the words, and answers what a test has put there.
#include "sample_house.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

std::string text_of(const audit::apply_request& what) {
  return words(what.tenants) + (what.all ? " all" : "") + (what.rules ? " rules" : "");
}
std::string text_of(const audit::relocation_request& what) {
  return what.tenant + " to " + what.to + (what.effective ? " at " + to_rfc3339(*what.effective) : "");
}

}  // namespace

sample_house::awaited<audit::done> sample_house::answer_command(std::string said) {
  asked.push_back(std::move(said));
  if (fails) co_return *fails;
  if (on_command) on_command();
  co_return outcome;
}

sample_house::awaited<audit::done> sample_house::set_switch(std::string tenant, std::string licence, std::string factor,
                                                            std::optional<bool> on, std::string caller) {
  const char* position = !on ? "default" : *on ? "on" : "off";
  return answer_command("set_switch " + tenant + " " + licence + " " + factor + " " + position + " by " + caller);
}

sample_house::awaited<audit::apply_plan> sample_house::dry_run(audit::apply_request what) {
  asked.push_back("dry_run" + text_of(what));
  if (fails) co_return *fails;
  co_return plan;
}

sample_house::awaited<audit::applied> sample_house::apply(audit::apply_request what, std::string caller) {
  asked.push_back("apply" + text_of(what) + " by " + caller);
  if (fails) co_return *fails;
  co_return audit::applied{plan, outcome};
}

sample_house::awaited<audit::applied> sample_house::apply_plan(std::string id, std::string caller) {
  asked.push_back("apply_plan " + id + " by " + caller);
  if (fails) co_return *fails;
  co_return audit::applied{plan, outcome};
}

sample_house::awaited<audit::apply_request> sample_house::request_of_plan(std::string id) {
  if (id != "p1") co_return failure{errc::unknown, "there is no plan " + id};
  co_return planned;
}

sample_house::awaited<audit::calculation_stamp> sample_house::calculate(calculation_cause why) {
  asked.push_back("calculate " + why.kind + " operation " + std::to_string(why.operation) + " by " + why.caller);
  if (fails) co_return *fails;
  co_return *outcome.calculation;
}

sample_house::awaited<audit::done> sample_house::accept(std::string source, std::int64_t run,
                                                        std::vector<std::string> tenants, std::string caller) {
  return answer_command("accept " + source + " " + std::to_string(run) + words(tenants) + " by " + caller);
}

sample_house::awaited<audit::cart_page> sample_house::cart(std::string tenant, std::string caller) {
  asked.push_back("cart " + tenant + " by " + caller);
  if (fails) co_return *fails;
  co_return staged;
}

sample_house::awaited<audit::cart_page> sample_house::stage(std::string tenant, std::string licence,
                                                            std::int64_t change, std::string caller) {
  asked.push_back("stage " + tenant + " " + licence + " " + std::to_string(change) + " by " + caller);
  if (fails) co_return *fails;
  co_return staged;
}

sample_house::awaited<audit::cart_page> sample_house::unstage(std::string tenant, std::string licence,
                                                              std::string caller) {
  asked.push_back("unstage " + tenant + " " + licence + " by " + caller);
  if (fails) co_return *fails;
  co_return staged;
}

sample_house::awaited<audit::confirmed_order> sample_house::confirm(std::string tenant, std::int64_t version,
                                                                    std::string caller) {
  asked.push_back("confirm " + tenant + " " + std::to_string(version) + " by " + caller);
  if (fails) co_return *fails;
  audit::confirmed_order made{staged, std::nullopt};
  if (!blocked) made.outcome = outcome;
  co_return made;
}

sample_house::awaited<audit::done> sample_house::set_limit(std::string tenant, std::string licence,
                                                           std::optional<std::int64_t> limit, std::string caller) {
  return answer_command("set_limit " + tenant + " " + licence + " " + (limit ? std::to_string(*limit) : "none") +
                        " by " + caller);
}

sample_house::awaited<audit::done> sample_house::create_tenant(json::value record, std::string caller) {
  return answer_command("create_tenant " + json::serialize(record) + " by " + caller);
}

sample_house::awaited<audit::done> sample_house::change_tenant(std::string tenant, json::object patch,
                                                               std::string caller) {
  return answer_command("change_tenant " + tenant + " " + json::serialize(patch) + " by " + caller);
}

sample_house::awaited<audit::relocation> sample_house::try_move(audit::relocation_request what) {
  asked.push_back("try_move " + text_of(what));
  if (fails) co_return *fails;
  co_return moved;
}

sample_house::awaited<audit::relocated> sample_house::move(audit::relocation_request what, std::string caller) {
  asked.push_back("move " + text_of(what) + " by " + caller);
  if (fails) co_return *fails;
  audit::relocated made{moved, outcome};
  made.what.effective = what.effective;
  if (what.effective) made.outcome.calculation.reset();
  co_return made;
}

sample_house::awaited<audit::done> sample_house::cancel_move(std::string tenant, std::string caller) {
  return answer_command("cancel_move " + tenant + " by " + caller);
}

sample_house::awaited<audit::done> sample_house::remove_tenant(std::string tenant, std::string caller) {
  return answer_command("remove_tenant " + tenant + " by " + caller);
}

sample_house::awaited<audit::done> sample_house::put_subject(subject value, std::string caller) {
  return answer_command("put_subject " + value.name.tenant + " " + std::string(to_text(value.name.kind)) + " " +
                        value.name.id + " " + json::serialize(fields_to_json(value.fields)) + " x" +
                        std::to_string(value.quantity) + " by " + caller);
}

sample_house::awaited<audit::done> sample_house::remove_subject(subject_name name, std::string caller) {
  return answer_command("remove_subject " + name.tenant + " " + std::string(to_text(name.kind)) + " " + name.id +
                        " by " + caller);
}

sample_house::awaited<audit::done> sample_house::decide_bill(audit::bill_decision what, std::string caller) {
  auto said = what.type + " " + std::to_string(what.month) + ": " + what.text + " by " + caller;
  bill_decisions.push_back(std::move(what));
  return answer_command(std::move(said));
}

sample_house::awaited<audit::done> sample_house::acknowledge(std::string finding_id, instant until, std::string reason,
                                                             std::string caller) {
  return answer_command("acknowledge " + finding_id + " until " + to_rfc3339(until) + " (" + reason + ") by " + caller);
}

sample_house::awaited<audit::done> sample_house::record(operation what) {
  return answer_command("record " + what.type + ": " + what.text + " by " + what.caller);
}

sample_house::awaited<std::vector<std::string>> sample_house::recount() {
  co_return recounted;
}

}  // namespace licaudit::api
