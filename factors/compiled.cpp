#include "factors/compiled.hpp"

#include <algorithm>

namespace licaudit::factors {

std::string_view to_text(list_kind which) {
  switch (which) {
    case list_kind::configured:
      return "configured";
    case list_kind::match:
      return "match";
    case list_kind::reject:
      break;
  }
  return "reject";
}

const criteria& planned_factor::written(list_kind list) const {
  switch (list) {
    case list_kind::configured:
      return which->configured;
    case list_kind::match:
      return which->match;
    case list_kind::reject:
      break;
  }
  return which->reject;
}

compiled::compiled(factor_set rule_set, value_test_kinds plugin_kinds, std::vector<rule_error>& errors)
    : set(std::move(rule_set)), kinds(std::move(plugin_kinds)), revision(revision_of(set)) {
  for (const auto& of : set.licences) {
    const auto first = factors.size();
    for (const auto& which : of.factors) {
      plan(of, which, errors);
      note_terms(static_cast<std::uint32_t>(factors.size() - 1));
    }
    make_lanes(of, first);
  }
  for (auto& one : factors) share_tests(one);
}

void compiled::plan(const licence& of, const factor& which, std::vector<rule_error>& errors) {
  auto& planned = factors.emplace_back();
  planned.of = &of;
  planned.which = &which;
  const auto factor_path = "licences." + of.id + ".factors." + which.id + ".";
  for (const auto list : list_kinds) {
    const auto& written = planned.written(list);
    for (std::size_t i = 0; i < written.size(); ++i) {
      const auto path = criterion_path(factor_path + std::string(to_text(list)), i);
      planned.lists[index_of(list)].push_back(plan_criterion(written[i], path, kinds, errors));
      for (const auto& test : written[i].tests) {
        fields.add(which.kind, test.field);
        for (auto& text : look_alikes(test.pattern)) remarks.push_back({path + "." + test.field, std::move(text)});
      }
    }
  }
}

void compiled::note_terms(std::uint32_t index) {
  const auto& one = *factors[index].which;
  const bool of_meters = one.kind == subject_kind::meter;
  if (of_meters) fields.add(one.kind, "id");  // a problem names the meter
  if (one.counting.expanded) fields.expand_numbers();
  if (of_meters || one.counting.units || one.counting.package) with_terms.push_back(index);
}

void compiled::make_lanes(const licence& of, std::size_t first_factor) {
  for (const auto kind : subject_kinds) {
    lane made{&of, kind, {}};
    for (auto i = first_factor; i < factors.size(); ++i) {
      if (factors[i].which->kind == kind) made.factors.push_back(static_cast<std::uint32_t>(i));
    }
    if (made.factors.empty()) continue;
    made.is_measured = std::any_of(made.factors.begin(), made.factors.end(), [&](std::uint32_t i) {
      return kind == subject_kind::meter || factors[i].which->counting.expanded;
    });
    std::stable_sort(made.factors.begin(), made.factors.end(), [&](std::uint32_t a, std::uint32_t b) {
      return factors[a].which->priority < factors[b].which->priority;
    });
    for (std::uint32_t bit = 0; bit < made.factors.size(); ++bit) {
      factors[made.factors[bit]].lane = static_cast<std::uint32_t>(lanes.size());
      factors[made.factors[bit]].bit = bit;
    }
    lanes.push_back(std::move(made));
  }
}

void compiled::share_tests(planned_factor& one) {
  for (auto& list : one.lists) {
    for (auto& planned : list) {
      for (auto& test : planned.tests) {
        if (!test.fixed) {
          test.slot = static_cast<std::uint32_t>(slots.size());
          slots.push_back({one.which->kind, test.field});
          continue;
        }
        const auto source = test.source();
        const auto known = std::find_if(tests.begin(), tests.end(), [&](const shared_test& other) {
          return other.kind == one.which->kind && other.field == test.field && other.source == source;
        });
        test.shared = static_cast<std::uint32_t>(known - tests.begin());
        if (known == tests.end()) {
          tests.push_back({one.which->kind, test.field, source, test.plugin_options.empty(), test.fixed});
        }
      }
    }
  }
}

std::optional<std::uint32_t> compiled::find(std::string_view path) const {
  for (std::uint32_t i = 0; i < factors.size(); ++i) {
    if (path == factors[i].of->id + "/" + factors[i].which->id) return i;
  }
  return std::nullopt;
}

}  // namespace licaudit::factors
