#pragma once

#include "model/result.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace licaudit {

/// SHA-256.
using digest = std::array<unsigned char, 32>;

[[nodiscard]] digest sha256(std::string_view bytes);

/// A digest of a stream, piece by piece.
class digest_stream {
 public:
  digest_stream();
  ~digest_stream();
  digest_stream(digest_stream&& other) noexcept;
  digest_stream& operator=(digest_stream&& other) noexcept;
  void add(std::string_view bytes);
  [[nodiscard]] digest finish();  ///< once

 private:
  void* context_;
};

[[nodiscard]] std::string to_hex(const digest& value);
[[nodiscard]] result<digest> digest_from_hex(std::string_view text);

/// Raw bytes, as the ledger stores them.
[[nodiscard]] inline std::string_view bytes_of(const digest& value) {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

}  // namespace licaudit
