#include "daemon/ledger/heavy.hpp"
