#include "model/digest.hpp"

#include "model/names.hpp"

#include <openssl/evp.h>
#include <boost/assert.hpp>

#include <stdexcept>
#include <utility>

namespace licaudit {

namespace {

/// Fetched once: looking the algorithm up costs more than hashing a short record.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (fetched == nullptr) throw std::runtime_error("OpenSSL offers no SHA-256");
  return fetched;
}

EVP_MD_CTX* context(void* raw) {
  BOOST_ASSERT_MSG(raw != nullptr, "a digest stream is used after finish or move");
  return static_cast<EVP_MD_CTX*>(raw);
}

void require(int success) {
  if (success != 1) throw std::runtime_error("OpenSSL could not compute a SHA-256");
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

digest sha256(std::string_view bytes) {
  digest out{};
  require(EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, algorithm(), nullptr));
  return out;
}

digest_stream::digest_stream() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr) throw std::runtime_error("OpenSSL has no memory for a SHA-256");
  require(EVP_DigestInit_ex(context(context_), algorithm(), nullptr));
}

digest_stream::~digest_stream() {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}

digest_stream::digest_stream(digest_stream&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}

digest_stream& digest_stream::operator=(digest_stream&& other) noexcept {
  std::swap(context_, other.context_);
  return *this;
}

void digest_stream::add(std::string_view bytes) {
  require(EVP_DigestUpdate(context(context_), bytes.data(), bytes.size()));
}

digest digest_stream::finish() {
  digest out{};
  require(EVP_DigestFinal_ex(context(context_), out.data(), nullptr));
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(std::exchange(context_, nullptr)));
  return out;
}

std::string to_hex(const digest& value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * value.size());
  for (const unsigned char byte : value) {
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
  }
  return out;
}

result<digest> digest_from_hex(std::string_view text) {
  const failure refused{errc::malformed, in_quotes(text) + " is no SHA-256: expected 64 hexadecimal digits"};
  digest out{};
  if (text.size() != 2 * out.size()) return refused;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return refused;
    out[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return out;
}

}  // namespace licaudit
