#include "bench/plain_loop.hpp"

#include <algorithm>
#include <boost/regex.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace licaudit::bench {
namespace {

using regexes = std::vector<boost::regex>;

enum class list { configured, match, reject };

struct plain_factor {
  std::string path;  ///< `licence/factor`
  subject_kind kind;
  list where;
  std::size_t field;
  std::size_t licence;
  std::int64_t priority;
  std::string pattern;
  std::string site_field;          ///< empty: no placeholder
  std::string placeholder;         ///< as it is written
  regexes shared;                  ///< the one for all tenants
  std::vector<regexes> by_tenant;  ///< one for each site
};

std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (std::string_view(".[]{}()\\*+?|^$").find(c) != std::string_view::npos) made += '\\';
    made += c;
  }
  return made;
}

boost::regex regex_of(const std::string& pattern) {
  return boost::regex(pattern, boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s);
}

plain_factor plain(const licence& of, const factor& one, std::size_t licence) {
  const auto where = !one.reject.empty() ? list::reject : !one.match.empty() ? list::match : list::configured;
  const auto& criteria = where == list::reject ? one.reject : where == list::match ? one.match : one.configured;
  const auto& test = criteria.at(0).tests.at(0);
  const auto name = std::find(field_names.begin(), field_names.end(), test.field);
  if (name == field_names.end()) throw std::logic_error("the workload has no field " + test.field);
  plain_factor made{of.id + "/" + one.id,
                    one.kind,
                    where,
                    static_cast<std::size_t>(name - field_names.begin()),
                    licence,
                    one.priority,
                    test.pattern,
                    {},
                    {},
                    {},
                    {}};
  for (const auto& [text, field] :
       {std::pair<std::string, std::string>{"_PSTNGATEWAY_TO_REPLACE_", "pstn_gateway"}, {"${site.name}", "name"}}) {
    if (test.pattern.find(text) == std::string::npos) continue;
    made.placeholder = text;
    made.site_field = field;
  }
  return made;
}

void compile(plain_factor& one, const std::vector<tenant>& tenants) {
  if (one.placeholder.empty()) {
    one.shared.push_back(regex_of(one.pattern));
    return;
  }
  const auto at = one.pattern.find(one.placeholder);
  for (const auto& each : tenants) {
    auto& compiled = one.by_tenant.emplace_back();
    for (const auto& site : each.sites) {
      auto pattern = one.pattern;
      compiled.push_back(regex_of(pattern.replace(at, one.placeholder.size(), escaped(site.text(one.site_field)))));
    }
  }
}

bool matches(const boost::regex& regex, std::string_view text) {
  return boost::regex_search(text.begin(), text.end(), regex);
}

bool matches(const regexes& any_of, const field_texts& value) {
  return std::any_of(any_of.begin(), any_of.end(), [&](const boost::regex& one) {
    return matches(one, value.text) || (!value.other.empty() && matches(one, value.other));
  });
}

}  // namespace

class plain_loop::compiled_factors {
 public:
  compiled_factors(const workload& all, const factor_set& rules) : tenants_(all.tenants().size()) {
    for (std::size_t i = 0; i < rules.licences.size(); ++i) {
      for (const auto& one : rules.licences[i].factors) {
        factors_.push_back(plain(rules.licences[i], one, i));
        compile(factors_.back(), all.tenants());
      }
    }
    licences_ = rules.licences.size();
  }

  [[nodiscard]] tallies run(const std::vector<record>& records, std::string_view off) const {
    tallies counts(tenants_ * factors_.size());
    std::vector<std::size_t> holders(licences_);
    std::vector<bool> is_off;
    for (const auto& one : factors_) is_off.push_back(one.path == off);
    for (const auto& one : records) {
      auto* const row = &counts[one.tenant * factors_.size()];
      holders.assign(licences_, nobody);
      for (std::size_t i = 0; i < factors_.size(); ++i) judge(one, i, is_off[i], row[i], holders);
      for (const auto holder : holders) {
        if (holder != nobody) ++row[holder].n1;
      }
    }
    return counts;
  }

 private:
  static constexpr std::size_t nobody = SIZE_MAX;

  void judge(const record& one, std::size_t index, bool off, tally& count, std::vector<std::size_t>& holders) const {
    const auto& by = factors_[index];
    if (by.kind != one.kind) return;
    const auto& any_of = by.by_tenant.empty() ? by.shared : by.by_tenant[one.tenant];
    const bool found = matches(any_of, one.fields[by.field]);
    const bool configured = by.where != list::configured || found;
    if (configured) ++count.n2;
    if (off || (by.where == list::reject ? found : !found)) return;
    auto& holder = holders[by.licence];
    if (holder == nobody || by.priority < factors_[holder].priority) holder = index;
  }

  std::size_t tenants_, licences_ = 0;
  std::vector<plain_factor> factors_;
};

plain_loop::plain_loop(const workload& all, const factor_set& rules)
    : factors_(std::make_unique<const compiled_factors>(all, rules)) {}
plain_loop::~plain_loop() = default;

tallies plain_loop::run(const std::vector<record>& records, std::string_view off) const {
  return factors_->run(records, off);
}

}  // namespace licaudit::bench
