#pragma once

#include "world.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::factors::testing {

/// One tenant under a licence `l` of these factors.
class counted {
 public:
  explicit counted(const std::string& factors, const char* terms = "")
      : engine_(compiled_rules(set_of(R"({"licences": [{"id": "l", "title": "L", )" + std::string(terms) +
                                      R"("factors": [)" + factors + "]}]}"))) {
    whose_ = tenant_of("t", "pro");
    engine_.put_tenant(whose_, {});
  }

  void set(const char* name, json::value value) {
    whose_.settings[name] = std::move(value);
    engine_.put_tenant(whose_, {});
  }
  void users(int count) {
    for (int i = 0; i < count; ++i) put(subject_of("t", subject_kind::user, "u" + std::to_string(next_), {}));
  }
  void number(const char* prefix, std::int64_t quantity = 1) {
    auto made = subject_of("t", subject_kind::number, "plan/" + std::string(prefix), {{"number", {prefix}}});
    made.quantity = quantity;
    put(made);
  }
  std::uint64_t meter(const char* used, const char* unit, const char* at = "2026-11-21T12:00:00Z",
                      const char* id = "m") {
    put(subject_of("t", subject_kind::meter, id, {{"used", {used}}, {"unit", {unit}}, {"at", {at}}}));
    return next_ - 1;
  }
  void put(const subject& value) { engine_.put_subject(next_++, value); }

  /// `n1 (n2)` of each factor.
  [[nodiscard]] std::vector<std::string> shown(const std::string& off = {}) const {
    std::vector<std::string> texts;
    const auto on = [&](const licence&, const factor& which) { return which.id != off; };
    for (const auto& of : engine_.count("t", on))
      for (const auto& one : of.factors) texts.push_back(std::to_string(one.n1) + " (" + std::to_string(one.n2) + ")");
    return texts;
  }
  [[nodiscard]] std::vector<rule_problem> problems() const { return engine_.problems("t"); }
  engine& core() { return engine_; }

 private:
  engine engine_;
  tenant whose_;
  std::uint64_t next_ = 1;
};

inline constexpr const char* storage =
    R"({"id": "f", "subject": "meter", "priority": 1, "package": {"size": 500, "unit": "GB"}})";

}  // namespace licaudit::factors::testing
