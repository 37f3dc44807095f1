#include "cli/rendering/confirmations.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/printable.hpp"

namespace licaudit::cli::rendering {

namespace {

std::string calculation_text(const json::object& answer, const view& as) {
  const auto at = text_at(answer, "calculation.at");
  if (at.empty()) return {};
  return "calculation " + std::to_string(integer_at(answer, "calculation.sequence").value_or(0)) + " of " +
         as.clock_of(answer).full(at);
}

std::string operation_text(const json::object& answer) {
  const auto operation = integer_at(answer, "operation");
  return operation ? "operation " + std::to_string(*operation) : std::string();
}

/// `, a, b`, without those that are empty.
std::string with(std::initializer_list<std::string> parts) {
  std::string text;
  for (const auto& part : parts) {
    if (!part.empty()) text += ", " + part;
  }
  return text;
}

}  // namespace

std::string switch_text(const json::object& answer, const view&) {
  const auto said = printable(text_at(answer, "text"));
  if (!said.empty()) return said + '\n';
  const auto name = printable(text_at(answer, "licence")) + '/' + printable(text_at(answer, "factor"));
  const auto tenant = printable(text_at(answer, "tenant"));
  const auto* pending = value_at(answer, "pending");
  if (pending == nullptr || !pending->is_bool()) {
    return name + " is " + (flag_at(answer, "on", true) ? "on" : "off") + " for " + tenant + '\n';
  }
  return name + " will be " + (pending->get_bool() ? "on" : "off") + " for " + tenant +
         "; pending until: licaudit apply " + tenant + '\n';
}

std::string refresh_text(const json::object& result, const view& as) {
  const auto calculation = calculation_text(result, as);
  return refresh_list().people(result, as) + (calculation.empty() ? "" : calculation + '\n');
}

std::string acceptance_text(const json::object& answer, const view& as) {
  std::string tenants;
  for (const auto& tenant : elements(answer, "tenants")) {
    tenants += (tenants.empty() ? " for " : ", ") + printable(plain_text(tenant, ","));
  }
  if (flag_at(answer, "left", false)) {
    return "what source " + printable(text_at(answer, "source")) + " gave has left" + tenants +
           with({calculation_text(answer, as), operation_text(answer)}) + '\n';
  }
  const auto run = integer_at(answer, "run");
  return "accepted " + (run ? "run " + std::to_string(*run) : std::string("what was held")) + " of source " +
         printable(text_at(answer, "source")) + tenants + with({calculation_text(answer, as), operation_text(answer)}) +
         '\n';
}

std::string acknowledgement_text(const json::object& answer, const view& as) {
  return "finding " + printable(text_at(answer, "finding")) + " may wait until " +
         as.clock_of(answer).full(text_at(answer, "until")) + with({operation_text(answer)}) + '\n';
}

std::string reload_text(const json::object& answer, const view&) {
  auto text = "reloaded" + with({operation_text(answer)}) + '\n';
  if (const auto pending = printable(text_at(answer, "rules.pending")); !pending.empty()) {
    text += "the rules have changed and are pending; see what they would do: licaudit apply --all --rules --dry-run\n";
  }
  return text;
}

std::string verification_text(const json::object& answer, const view& as) {
  const auto count = [&answer](std::string_view member) {
    return std::to_string(integer_at(answer, member).value_or(0)) + ' ' + std::string(member);
  };
  const bool clean = flag_at(answer, "clean", false);
  std::string text = clean ? as.painted(colour::green, "clean") : as.painted(colour::red, "NOT CLEAN");
  text += ": " + count("entries") + ", " + count("calculations") + ", " + count("tallies") + "   head " +
          printable(text_at(answer, "head")) + '\n';
  for (const auto& problem : elements(answer, "problems")) text += " ! " + printable(plain_text(problem, ", ")) + '\n';
  return text;
}

std::string closing_text(const json::object& answer, const view&) {
  const auto count = elements(answer, "tenants").size();
  return "closed " + printable(text_at(answer, "month")) + " for " + std::to_string(count) +
         (count == 1 ? " tenant" : " tenants") + with({operation_text(answer)}) + "; up to entry " +
         std::to_string(integer_at(answer, "sequence").value_or(0)) + " of the chain, head " +
         printable(text_at(answer, "chain_head")) + '\n';
}

std::string bill_acceptance_text(const json::object& answer, const view& as) {
  const auto& clock = as.clock_of(answer);
  return "accepted " + std::to_string(integer_at(answer, "quantity").value_or(0)) + " of " +
         printable(text_at(answer, "licence")) + " for " + printable(text_at(answer, "tenant")) + ", held from " +
         clock.full(text_at(answer, "from")) + " to " + clock.full(text_at(answer, "until")) +
         with({operation_text(answer)}) + '\n';
}

std::string correction_text(const json::object& answer, const view&) {
  const auto* was = value_at(answer, "was");
  return "corrected " + printable(text_at(answer, "licence")) + " of " + printable(text_at(answer, "tenant")) + " in " +
         printable(text_at(answer, "month")) + " from " +
         (was == nullptr || was->is_null() ? "nothing" : plain_text(*was, "")) + " to " +
         std::to_string(integer_at(answer, "quantity").value_or(0)) + with({operation_text(answer)}) + '\n';
}

std::string change_text(const std::string& did, const json::object& answer, const view& as) {
  return printable(did) + with({calculation_text(answer, as), operation_text(answer)}) + '\n';
}

std::string progress_text(const json::object& line) {
  std::string text = printable(text_at(line, "source"));
  const auto add = [&text](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : ": ") + part;
  };
  add(printable(text_at(line, "text")));
  const auto done = integer_at(line, "done");
  const auto total = integer_at(line, "total");
  if (done) add(std::to_string(*done) + (total ? " of " + std::to_string(*total) : ""));
  if (!done && text_at(line, "text").empty()) add(printable(text_at(line, "state")));
  return text.empty() ? "working" : text;
}

}  // namespace licaudit::cli::rendering
