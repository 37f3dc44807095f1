#include "cli/factor_name.hpp"

#include "cli/rendering/json_access.hpp"

namespace licaudit::cli {

using namespace rendering;

namespace {

/// The licences of a list that have the factor; a page names them `licence` and `factor`, the rules `id`.
std::vector<std::string> licences_with(const json::array& licences, std::string_view factor,
                                       std::string_view licence_key, std::string_view factor_key) {
  std::vector<std::string> found;
  for (const auto& licence : licences) {
    for (const auto& one : elements(licence, "factors")) {
      if (text_at(one, factor_key) == factor) found.emplace_back(text_at(licence, licence_key));
    }
  }
  return found;
}

complaint ambiguous(const std::vector<std::string>& licences, const std::string& factor) {
  std::string choices;
  for (const auto& licence : licences) choices += (choices.empty() ? "" : " or ") + licence + '/' + factor;
  return {exit_status::refused, "factor " + factor + " belongs to several licences: say " + choices};
}

}  // namespace

outcome<factor_name> find_factor(const session& with, const std::string& tenant, const std::string& text) {
  if (const auto slash = text.find('/'); slash != std::string::npos) {
    if (slash == 0 || slash + 1 == text.size())
      return complaint{exit_status::usage, text + ": expected LICENCE/FACTOR"};
    return factor_name{text.substr(0, slash), text.substr(slash + 1)};
  }
  const auto page = with.ask({"GET", target_builder("tenants").segment(tenant).segment("licences").text()});
  if (!page) return page.error();
  auto licences = licences_with(elements(*page, "licences"), text, "licence", "factor");
  if (licences.empty()) {
    // A tenant above others need not show the factor that it switches for them. Who may not read the rules names both.
    if (const auto rules = with.ask({"GET", target_builder("rules").text()})) {
      licences = licences_with(elements(*rules, "rules.licences"), text, "id", "id");
    }
  }
  if (licences.size() > 1) return ambiguous(licences, text);
  if (licences.size() == 1) return factor_name{licences.front(), text};
  return complaint{exit_status::refused, "no licence of " + tenant + " has a factor " + text + "; see: licaudit show " +
                                             tenant + ", or name it as LICENCE/FACTOR"};
}

}  // namespace licaudit::cli
