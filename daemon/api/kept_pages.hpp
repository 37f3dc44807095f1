#pragma once

#include "daemon/api/kept_answers.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace licaudit::api {

/// The licence pages of the newest view: every caller with the same rights is sent the same bytes.
class kept_pages {
  struct page {
    std::shared_ptr<const std::string> text;
    instant until;
    [[nodiscard]] std::size_t bytes() const { return text->capacity(); }
  };

 public:
  explicit kept_pages(std::size_t most_bytes = kept_answers<page>::usual_bytes) : pages_(most_bytes) {}

  /// `of` is a tenant of the view; `names` as for licence_page(). A page is written again when an acknowledgement on it
  /// is over.
  [[nodiscard]] std::shared_ptr<const std::string> licence_page_of(const std::shared_ptr<const audit::view>& seen,
                                                                   const audit::tenant_view& of, bool names,
                                                                   instant now);

 private:
  kept_answers<page> pages_;
};

}  // namespace licaudit::api
