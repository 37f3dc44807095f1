#include "plugins/sources/audiocodes-ini/audiocodes_source.hpp"

int main(int argc, char** argv) {
  return licaudit::sdk::source_main(argc, argv, licaudit::audiocodes_ini::description, licaudit::audiocodes_ini::open);
}
