#pragma once

#include "daemon/api/ledger_line.hpp"
#include "daemon/api/paging.hpp"
#include "model/subject.hpp"

#include <optional>
#include <string>

namespace licaudit::api {

/// Which holdings are asked for; empty and none: all.
struct subject_filter {
  std::optional<subject_kind> kind{};
  std::string licence{}, factor{};
};

struct subjects_question {
  std::string tenant;
  instant at{};
  std::string zone{};  ///< of the tenant, for those who show times
  subject_filter filter{};
  std::size_t first = 0;  ///< row of the filtered list
  std::size_t limit = default_page;
  bool names = false;  ///< else subjects are shown by key alone
};

/// One page of who held what. `next` names instant and row, so that all pages show the same instant.
[[nodiscard]] std::string subjects_page(const subjects_question& asked, const dated_inventory& then);

/// The `next` of a page: `INSTANT.ROW`.
struct subjects_place {
  instant at{};
  std::size_t row = 0;
};
[[nodiscard]] result<subjects_place> parse_subjects_place(std::string_view text);

}  // namespace licaudit::api
