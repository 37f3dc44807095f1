#pragma once

#include "daemon/audit/view.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

namespace licaudit::api {

/// The licence pages of the newest view, each written once: between two commits every caller with the same rights is
/// sent the same bytes. Keeps no view alive, and at most so many bytes. One thread.
class kept_pages {
 public:
  static constexpr std::size_t usual_bytes = std::size_t{4} * 1024 * 1024;

  explicit kept_pages(std::size_t most_bytes = usual_bytes) : most_bytes_(most_bytes) {}

  /// `of` is a tenant of the view; `names` as for licence_page(). A page is written again when an acknowledgement on it
  /// is over.
  [[nodiscard]] std::shared_ptr<const std::string> licence_page_of(const std::shared_ptr<const audit::view>& seen,
                                                                   const audit::tenant_view& of, bool names,
                                                                   instant now);

 private:
  struct page {
    std::shared_ptr<const std::string> text{};
    instant until = instant::max();
  };

  void begin_anew();

  std::weak_ptr<const audit::view> seen_;
  std::unordered_map<const audit::tenant_view*, std::array<page, 2>> pages_;  ///< without and with names
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
};

}  // namespace licaudit::api
