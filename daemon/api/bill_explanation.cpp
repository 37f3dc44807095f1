#include "daemon/api/bill_explanation.hpp"

#include "daemon/audit/view.hpp"

namespace licaudit::api {
namespace {

using billing::basis;

std::string between(const billing::span& when, const time_zone& zone) {
  return "from " + local_text(when.from, zone) + " to " + local_text(when.until, zone);
}

std::string what_counts(const basis& how) {
  return how.of == basis::quantity::acquired ? "acquired quantity" : "licensed quantity";
}

std::string origin_of(const billing::bill_line& line, const time_zone& zone, const calculation_cause* cause,
                      bool lasts) {
  std::string in_force = ", in force ";
  in_force += lasts ? "since " + local_text(line.charged.when.from, zone) : between(line.charged.when, zone);
  in_force += ", calculation " + std::to_string(line.charged.sequence);
  if (cause != nullptr) in_force += " (" + audit::describe(*cause, nullptr) + ")";
  switch (line.how.by) {
    case basis::moment::peak:
      return "The highest " + what_counts(line.how) + in_force + ".";
    case basis::moment::last:
      return "The last sound " + what_counts(line.how) + in_force + ".";
    case basis::moment::average:
      break;
  }
  return "The average " + what_counts(line.how) + " over the observed time " + between(line.charged.when, zone) + ".";
}

void add_sum(std::vector<std::string>& said, const billing::bill_line& line, const time_zone& zone) {
  said.push_back("The sum of what each tenant under it comes to, and of its own.");
  if (line.peak_of_sum->quantity)
    said.push_back("All of them together had at most " + to_text(*line.peak_of_sum->quantity) + ", from " +
                   local_text(line.peak_of_sum->when.from, zone) + ".");
  if (line.not_billable.empty()) return;
  std::string names;
  for (const auto& one : line.not_billable) names += (names.empty() ? "" : ", ") + one;
  said.push_back("Not in it, because nothing of them can be billed yet: " + names + ".");
}

}  // namespace

std::string local_text(instant at, const time_zone& zone) {
  const auto civil = zone.civil(at);
  const auto two = [](auto count) { return (count < 10 ? "0" : "") + std::to_string(count); };
  return to_text(civil.day) + ' ' + two(civil.clock.hours().count()) + ':' + two(civil.clock.minutes().count()) + ' ' +
         civil.abbreviation;
}

std::vector<std::string> explain(const billing::bill_line& line, const billing::span& month, const time_zone& zone,
                                 const calculation_cause* cause, bool running) {
  std::vector<std::string> said;
  const auto& charged = line.charged;
  if (line.peak_of_sum)
    add_sum(said, line, zone);
  else if (charged.quantity)
    said.push_back(origin_of(line, zone, cause, running && charged.when.until == month.until));
  else
    said.push_back("Nothing can be billed: all that was counted is held and waits for acceptance.");
  if (line.when != month)
    said.push_back("The part of the month under " + line.parent + ", " + between(line.when, zone) + ".");
  if (charged.observed_from && *charged.observed_from > line.when.from)
    said.push_back("Observed from " + local_text(*charged.observed_from, zone) + " on.");
  for (const auto& one : charged.unobserved)
    said.push_back("Not observed " + between(one, zone) + ": the value before it was carried on.");
  for (const auto& one : charged.degraded)
    said.push_back("Degraded " + between(one, zone) + ": counted over the last good inventory.");
  for (const auto& one : charged.accepted)
    said.push_back("Held " + between(one.when, zone) +
                   " and billed because it was accepted: " + std::to_string(one.quantity) + ".");
  for (const auto& one : charged.held)
    said.push_back("Held and not billed " + between(one.when, zone) + ": " + std::to_string(one.quantity) + ".");
  return said;
}

}  // namespace licaudit::api
