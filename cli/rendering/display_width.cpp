#include "cli/rendering/display_width.hpp"

#include "cli/rendering/code_points.hpp"

#include <locale.h>
#include <algorithm>
#include <clocale>
#include <cwchar>

namespace licaudit::cli::rendering {

namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// wcwidth answers by the locale of the thread; ours must know Unicode, whatever the caller's LANG is.
class unicode_locale {
 public:
  unicode_locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  ~unicode_locale() {
    if (locale_ != nullptr) ::freelocale(locale_);
  }
  unicode_locale(const unicode_locale&) = delete;
  unicode_locale& operator=(const unicode_locale&) = delete;

  [[nodiscard]] std::size_t width(char32_t c) const {
    if (c < 0x7F || locale_ == nullptr) return 1;
    const auto before = ::uselocale(locale_);
    const int columns = ::wcwidth(static_cast<wchar_t>(c));
    ::uselocale(before);
    return columns < 0 ? 1 : static_cast<std::size_t>(columns);
  }

 private:
  locale_t locale_;
};

std::size_t width_of(const code_point& c) {
  static const unicode_locale unicode;
  return c.valid ? unicode.width(c.value) : 1;
}

/// How many bytes of the text fit into `columns`.
std::size_t bytes_that_fit(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  for (std::size_t used = 0; at < text.size();) {
    const auto c = code_point_at(text, at);
    used += width_of(c);
    if (used > columns) break;
    at += c.bytes;
  }
  return at;
}

/// Where the next line of a wrapped text ends: at the last blank that fits, else wherever it is full.
std::size_t line_end(std::string_view text, std::size_t columns) {
  const auto fits = bytes_that_fit(text, columns);
  if (fits == text.size() || text[fits] == ' ') return fits;
  const auto blank = text.rfind(' ', fits);
  if (blank != std::string_view::npos && blank > 0) return blank;
  return fits > 0 ? fits : code_point_at(text, 0).bytes;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = code_point_at(text, at);
    columns += width_of(c);
    at += c.bytes;
  }
  return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::string cut(text.substr(0, bytes_that_fit(text, columns - 1)));
  return cut += ellipsis;
}

std::string padded_right(std::string_view text, std::size_t columns) {
  const auto width = display_width(text);
  return std::string(text) + std::string(columns - std::min(columns, width), ' ');
}

std::string padded_left(std::string_view text, std::size_t columns) {
  const auto width = display_width(text);
  return std::string(columns - std::min(columns, width), ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  do {
    const auto end = line_end(text, columns);
    lines.emplace_back(text.substr(0, end));
    const auto next = text.find_first_not_of(' ', end);
    text = next == std::string_view::npos ? std::string_view() : text.substr(next);
  } while (!text.empty());
  return lines;
}

}  // namespace licaudit::cli::rendering
